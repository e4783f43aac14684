package dev.serin.server.compare;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.serin.server.rollout.Server;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("Two runs side by side")
class CompareTest {

    @Inject Server server;

    private String good;
    private String bad;

    @BeforeEach
    void twoRuns() {
        good = server.started(Server.plan(Server.newRoute()));
        server.calls(good, "candidate", 400, 0);
        server.calls(good, "baseline", 400, 8);
        bad = server.started(Server.plan(Server.newRoute()));
        server.calls(bad, "candidate", 100, 100);
        server.calls(bad, "baseline", 400, 8);
        server.pass(Duration.ofSeconds(1));
    }

    @Test
    @DisplayName("are told apart by what differs most against their own baselines")
    void toldApart() {
        given().get("/compare?run=%s&run=%s".formatted(good, bad))
                .then()
                .statusCode(200)
                .body(
                        allOf(
                                containsString("A: at 5 %, B: rolled back."),
                                containsString(
                                        "Errors: B is 50 points worse against its baseline than A."),
                                containsString("?run=%s&amp;run=%s".formatted(bad, good))));
    }

    @Test
    @DisplayName("are chosen on the page where there are fewer than two; unknown ones are named")
    void choose() {
        var unknown = UUID.randomUUID().toString();
        given().get("/compare?run=%s&run=%s&run=<b>".formatted(good, unknown))
                .then()
                .statusCode(200)
                .body(
                        allOf(
                                containsString("Choose two to eight runs to compare."),
                                containsString(unknown),
                                containsString("&lt;b&gt;"),
                                not(containsString("run=<b>"))));
    }

    @Test
    @DisplayName("are numbers for programs, with intervals and calls")
    void forPrograms() {
        given().get("/api/v1/compare?run=%s&run=%s".formatted(good, bad))
                .then()
                .statusCode(200)
                .body("runs", hasSize(2))
                .body("runs[0].id", is(good))
                .body("runs[0].outcome", nullValue())
                .body("runs[1].outcome", is("breached"))
                .body("runs[1].steps[0].metrics[0].metric", is("error_rate"))
                .body("runs[1].steps[0].metrics[0].candidate.calls", is(200))
                .body(
                        "runs[1].steps[0].metrics[0].difference.estimate.toDouble()",
                        closeTo(0.4804, 0.001));
    }

    @Test
    @DisplayName("need to be two to eight that exist")
    void needTwo() {
        given().get("/api/v1/compare?run=" + good).then().statusCode(400);
        given().get("/api/v1/compare?run=%s&run=nonsense".formatted(good)).then().statusCode(400);
        given().get("/api/v1/compare?run=%s&run=%s".formatted(good, UUID.randomUUID()))
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }
}
