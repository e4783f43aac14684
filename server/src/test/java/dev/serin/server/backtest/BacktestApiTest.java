package dev.serin.server.backtest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.serin.server.TestClock;
import dev.serin.server.rollout.Server;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("A stored run under another plan")
class BacktestApiTest {

    @Inject Server server;
    @Inject TestClock clock;

    @Test
    @DisplayName("is rolled back sooner by a stricter one, and says what that would have spared")
    void stricter() {
        var run = shaky();
        judged(run, Server.plan("any").replace("10%", "3%"))
                .statusCode(200)
                .body("run", is(run))
                .body("recorded.outcome", is("rolledBackByHand"))
                .body("other.outcome", is("rolledBack"))
                .body("other.reason", containsString("Errors"))
                .body("recorded.exposed.calls", is(400))
                .body("other.exposed.calls", is(200))
                .body("fewer.calls", is(200))
                .body("steps[0].matched", is("5% canary"))
                .body("steps[0].findings[0].finding", is("breached"));
    }

    @Test
    @DisplayName("says of a share that the candidate never had that it cannot tell")
    void cannotTell() {
        judged(shaky(), Server.plan("any").replace("5%", "6%").replace("26%", "25%"))
                .statusCode(200)
                .body("other.outcome", is("unknown"))
                .body(
                        "unknown[0]",
                        is("the run never gave the candidate 6 % of the calls, only 5 %"))
                .body("fewer", nullValue());
    }

    @Test
    @DisplayName("spares nothing where it promotes: from then on the candidate would get all calls")
    void promoted() {
        var run = shaky();
        var lax = Server.plan("any").replace("10%", "40%");
        var alone = lax.replaceAll("(?m)^  - \\{ name: (25|full).*\n", "");
        sparesNothing(run, alone, "promoted")
                .body(
                        allOf(
                                containsString("from then on it would have got all calls"),
                                not(containsString("would have been spared"))));
    }

    @Test
    @DisplayName("spares nothing where it asks: what a person would have said is not known")
    void asks() {
        var run = shaky();
        var asking =
                Server.plan("any")
                        .replace("error_rate >= 10%", "{ when: error_rate >= 3%, then: ask }");
        sparesNothing(run, asking, "asks")
                .body(containsString("Until it asked it would have given the candidate 200 of"));
    }

    @Test
    @DisplayName("changes nothing about the run")
    void readsOnly() {
        var run = shaky();
        var before = server.get(run).extract().asString();
        judged(run, Server.plan("any")).statusCode(200);
        assertThat(server.get(run).extract().asString()).isEqualTo(before);
    }

    @Test
    @DisplayName("names the line of a plan that cannot be read, and knows no other runs")
    void refuses() {
        judged(shaky(), "route: x\n")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].line", is(1));
        judged("00000000-0000-0000-0000-000000000000", Server.plan("any")).statusCode(404);
        judged("nothing", Server.plan("any")).statusCode(404);
    }

    @Test
    @DisplayName("stands on a page beside what happened, and a wrong plan stays in its editor")
    void page() {
        var run = shaky();
        given().get("/rollouts/" + run + "/backtest")
                .then()
                .statusCode(200)
                .body(containsString("What would another plan have made of this run?"));
        given().formParam("plan", Server.plan("any").replace("10%", "3%"))
                .post("/rollouts/" + run + "/backtest")
                .then()
                .statusCode(200)
                .body(
                        allOf(
                                containsString("The other plan would have rolled it back after"),
                                containsString("What happened"),
                                containsString("200 of the candidate&#39;s 400 calls")));
        given().formParam("plan", "route: <b>bold")
                .post("/rollouts/" + run + "/backtest")
                .then()
                .statusCode(400)
                .body(containsString("route: &lt;b&gt;bold"));
    }

    /// @return the page that says so
    private static ValidatableResponse sparesNothing(String run, String plan, String outcome) {
        judged(run, plan)
                .statusCode(200)
                .body("other.outcome", is(outcome))
                .body("fewer", nullValue());
        return given().formParam("plan", plan).post("/rollouts/" + run + "/backtest").then();
    }

    /// A run whose candidate failed 12 % of 200 calls, and of 200 more a minute later; a person rolled it
    /// back.
    private String shaky() {
        var id = server.started(Server.plan(Server.newRoute()));
        server.calls(id, "candidate", 176, 24);
        clock.pass(Duration.ofMinutes(1));
        server.calls(id, "candidate", 176, 24);
        server.say(id, "rollback", "{\"version\": %d}".formatted(server.version(id)))
                .statusCode(200);
        return id;
    }

    private static ValidatableResponse judged(String run, String plan) {
        return given().config(
                        RestAssured.config()
                                .encoderConfig(
                                        EncoderConfig.encoderConfig()
                                                .encodeContentTypeAs(
                                                        "application/yaml", ContentType.TEXT)))
                .contentType("application/yaml")
                .body(plan)
                .post("/api/v1/rollouts/" + run + "/backtest")
                .then();
    }
}
