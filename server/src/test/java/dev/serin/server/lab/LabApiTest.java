package dev.serin.server.lab;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import dev.serin.server.rollout.Server;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@DisplayName("The lab's API")
class LabApiTest {

    /// What cannot be decided is given up soon, so that a slow machine plays it in seconds.
    static final String PLAN = Server.plan("lab") + "patience: 10m\n";

    @Inject LabRuns runs;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Test
    @DisplayName("promotes the good candidate and rolls the bad one back, in the design's words")
    void plays() {
        var answer =
                yaml().body(PLAN.replace("rollback:\n", "rollback:\n  - p95_latency_ms >= 5000\n"))
                        .post("/api/v1/lab?runs=20&seed=3&candidate=gpt-4-good&candidate=gpt-4-bad")
                        .then()
                        .statusCode(200)
                        .body("runs", is(20))
                        .body("seed", is(3))
                        .body("whole", is(true))
                        .body("candidates.name", hasItems("gpt-4-good", "gpt-4-bad"));
        float good = answer.extract().path("candidates[0].promoted");
        float calls = answer.extract().path("candidates[0].calls.median");
        float exposed = answer.extract().path("candidates[0].exposed.calls");
        assertThat(good).isGreaterThan(0.9f);
        assertThat(calls).isPositive();
        assertThat(exposed).isPositive();
        answer.body("candidates[1].rolledBack", is(1f))
                .body("candidates[1].thresholdRule.promoted", is(0f));
    }

    @Test
    @DisplayName("tells the same for the same seed, whichever way the plan is sent")
    void repeats() {
        var first =
                yaml().body(PLAN)
                        .post("/api/v1/lab?runs=10&seed=9&candidate=gpt-4-good")
                        .asString();
        var envelope =
                "{\"plan\": %s, \"runs\": 10, \"seed\": 9, \"candidates\": [\"gpt-4-good\"]}"
                        .formatted(quoted(PLAN));
        assertThat(
                        given().contentType(ContentType.JSON)
                                .body(envelope)
                                .post("/api/v1/lab")
                                .asString())
                .isEqualTo(first);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    runs=1000000000    | runs is a whole number from 1 to 10,000, got 1000000000
                    runs=0             | runs is a whole number from 1 to 10,000, got 0
                    runs=many          | got many
                    seed=1.5           | seed is a whole number, got 1.5
                    callsPerSecond=-1  | callsPerSecond is a number of calls a second above 0, at most 10,000, got -1
                    callsPerSecond=NaN | above 0, at most 10,000, got NaN
                    candidate=gpt-5    | knows no gpt-5; there are gpt-4-good
                    """)
    @DisplayName("refuses before any work what it cannot play, and says what it can")
    void refuses(String query, String words) {
        long began = runs.begun();
        yaml().body(PLAN)
                .post("/api/v1/lab?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(words));
        assertThat(runs.begun()).isEqualTo(began);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    error_rate >= baseline                      | write baseline + 1%
                    { when: avg_cost_usd >= 0.10, costCap: 0.05 } | cap
                    error_rate >= 150%                          | 150%
                    """)
    @DisplayName("refuses a plan that can never decide, with what to change")
    void refusesThePlan(String condition, String words) {
        var plan = PLAN.replace("error_rate >= 10%", condition);
        var problem = yaml().body(plan).post("/api/v1/lab?runs=1").then().statusCode(400);
        assertThat(problem.extract().asString()).contains(words);
        problem.body("errors[0].line", is(9));
    }

    @Test
    @DisplayName("stops a run when whoever asked for it goes away")
    void stopsForThoseWhoLeave() throws Exception {
        long began = runs.begun();
        var body = PLAN.getBytes(StandardCharsets.UTF_8);
        try (var socket = new Socket("localhost", port)) {
            var head =
                    """
                    POST /api/v1/lab?runs=10000 HTTP/1.1\r
                    Host: localhost:%d\r
                    Content-Type: application/yaml\r
                    Content-Length: %d\r
                    \r
                    """
                            .formatted(port, body.length);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            Awaitility.await().until(() -> runs.begun() > began);
        }
        Awaitility.await().until(() -> runs.open() == 0);
        assertThat(runs.newest().orElseThrow().report().resultNow().whole()).isFalse();
    }

    private static RequestSpecification yaml() {
        return given().config(
                        RestAssured.config()
                                .encoderConfig(
                                        EncoderConfig.encoderConfig()
                                                .encodeContentTypeAs(
                                                        "application/yaml", ContentType.TEXT)))
                .contentType("application/yaml");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\n", "\\n") + '"';
    }
}
