package dev.serin.server.lab;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.serin.server.rollout.Server;
import dev.serin.simulator.lab.LabCandidates;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("The lab's page")
class LabPagesTest {

    @Inject Server server;

    @Test
    @DisplayName("begins with a plan to try, or that of an earlier run, and all candidates")
    void begins() {
        given().get("/lab")
                .then()
                .statusCode(200)
                .body(
                        allOf(
                                containsString("route: support-chat"),
                                containsString("value=\"gpt-4-bad\" checked")));
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        given().get("/lab?from=" + id).then().body(containsString("route: " + route));
        given().get("/lab?from=00000000-0000-0000-0000-000000000000").then().statusCode(404);
    }

    @Test
    @DisplayName("plays at an address of its own, which shows the report when it is done")
    void plays() {
        var address = begin("20", "gpt-4-good").statusCode(303).extract().header("Location");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        given().get(address)
                                .then()
                                .statusCode(200)
                                .body(
                                        allOf(
                                                containsString("gpt-4-good is promoted in "),
                                                containsString("picture operating"),
                                                not(containsString("every 1s")))));
    }

    @Test
    @DisplayName("prints the traffic as it was asked for, so that its form can be sent again")
    void keepsTheTraffic() {
        var address =
                given().redirects()
                        .follow(false)
                        .formParam("plan", LabApiTest.PLAN)
                        .formParam("runs", "1")
                        .formParam("profile", "gpt-4-bad")
                        .formParam("rate", "1250.25")
                        .post("/lab")
                        .then()
                        .statusCode(303)
                        .extract()
                        .header("Location");
        given().get(address).then().body(containsString("value=\"1250.25\""));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        given().get(address)
                                .then()
                                .body(containsString("at 1250.25 calls a second")));
    }

    @Test
    @DisplayName(
            "gives only its live part to a page that asks for it, and stops when it is told to")
    void stops() {
        var address = begin("10000", "gpt-4-good").extract().header("Location");
        given().header("HX-Target", "live")
                .get(address)
                .then()
                .body(allOf(containsString("<progress"), not(containsString("<html"))));
        given().redirects().follow(false).post(address + "/stop").then().statusCode(303);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> given().get(address).then().body(containsString("It was stopped")));
    }

    @Test
    @DisplayName("says all that is wrong at once, and keeps what was typed")
    void refuses() {
        given().formParam("plan", Server.plan("lab").replace("share: 25%", "share: 3%"))
                .formParam("runs", "1e9")
                .formParam("profile", "<b>bold")
                .post("/lab")
                .then()
                .statusCode(400)
                .body(
                        allOf(
                                containsString("3 things keep this from being tried."),
                                containsString("data-line=\"6\""),
                                containsString("value=\"1e9\""),
                                not(containsString("<b>bold"))));
    }

    @Test
    @DisplayName("knows no run of another name")
    void unknown() {
        given().accept("text/html").get("/lab/nothing").then().statusCode(404);
    }

    @Test
    @DisplayName("has words for every built-in candidate")
    void describes() {
        assertThat(LabCandidates.ALL)
                .allSatisfy(it ->
                        assertThat(CandidateWords.of(it.name()))
                                .isNotEqualTo(CandidateWords.of("no such")));
    }

    private static io.restassured.response.ValidatableResponse begin(
            String runs, String candidate) {
        Response answer =
                given().redirects()
                        .follow(false)
                        .formParam("plan", LabApiTest.PLAN)
                        .formParam("runs", runs)
                        .formParam("profile", candidate)
                        .post("/lab");
        return answer.then();
    }
}
