package dev.serin.server.rollout;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("A number of a plan's own")
class OwnNumbersTest {

    @Inject Server server;
    @Inject Routes routes;

    @Test
    @DisplayName("that breaches rolls back, and the reason and the page name its metric")
    void rollsBack() {
        var id = server.started(plan(Server.newRoute(), "answer_length >= 300"));
        post(id, "candidate", 150, 640);
        post(id, "baseline", 150, 120);
        server.pass(Duration.ofSeconds(31));

        assertThat(server.phase(id)).isEqualTo("rolledBack");
        assertThat(server.get(id).extract().asString())
                .contains("Mean \\\"answer_length\\\" 640 of 150 calls, at least ");
        given().get("/rollouts/" + id)
                .then()
                .statusCode(200)
                .body(containsString("Answer length"))
                .body(containsString("answer_length"));
    }

    @Test
    @DisplayName(
            "that keeps its limit lets the rollout go on, told apart by percentile and by mean")
    void goesOn() {
        var id =
                server.started(
                        plan(
                                Server.newRoute(),
                                "answer_length >= 300\n  - p95_words >= 700\n"
                                        + "  - { when: answer_length >= 3 * baseline, then: ask }"));
        post(id, "candidate", 400, 130);
        post(id, "baseline", 400, 120);
        server.pass(Duration.ofSeconds(31));

        assertThat(server.get(id).extract().<Integer>path("step.index")).isEqualTo(1);
    }

    @Test
    @DisplayName("past a percentile's limit makes a bad call, which is shown with it")
    void showsBadCalls() {
        var id = server.started(plan(Server.newRoute(), "p95_words >= 300"));
        post(id, "candidate", 30, 640);

        given().get("/rollouts/" + id)
                .then()
                .statusCode(200)
                .body(containsString("output words 640"));
    }

    @Test
    @DisplayName("is refused row by row with its field, its value and the mend")
    void refusals() {
        var id = server.started(plan(Server.newRoute(), "answer_length >= 300"));
        var many = new StringBuilder();
        for (int i = 0; i < 33; i++) {
            many.append(i == 0 ? "" : ",").append("\"n%d\": 1".formatted(i));
        }
        server.observe(
                        id,
                        """
                        [{"arm": "candidate", "numbers": {"output_words": 12.5, "calls": null}},
                         {"arm": "candidate", "numbers": {"output_words": -1}},
                         {"arm": "candidate", "numbers": {"output_words": "12"}},
                         {"arm": "candidate", "numbers": {"output_words": 1e10}},
                         {"arm": "candidate", "numbers": {"%s": 1}},
                         {"arm": "candidate", "numbers": {" ": 1}},
                         {"arm": "candidate", "numbers": [3]},
                         {"arm": "candidate", "numbers": {%s}}]\
                        """
                                .formatted("n".repeat(201), many))
                .statusCode(200)
                .body("accepted", is(1))
                .body("refused.index", is(List.of(1, 2, 3, 4, 5, 6, 7)))
                .body(
                        "refused.field",
                        is(
                                List.of(
                                        "numbers.output_words",
                                        "numbers.output_words",
                                        "numbers.output_words",
                                        "numbers." + "n".repeat(40) + "…",
                                        "numbers. ",
                                        "numbers",
                                        "numbers")))
                .body("refused[0].message", containsString("from 0 to 1000000000, got -1"))
                .body("refused[0].message", containsString("or leave it out"))
                .body("refused[3].message", containsString("has 1 to 200 characters, got 201"))
                .body("refused[5].message", containsString("at most 32 numbers by name"))
                .body("refused[6].message", containsString("got 33 of them"));
    }

    @Test
    @DisplayName("is warned of where the route never saw it, and not once its calls carried it")
    void warnsOfTheUnseen() {
        var route = Server.newRoute();
        var plan = plan(route, "answer_length >= 300");
        Server.yaml()
                .body(plan)
                .post("/api/v1/rollouts?dryRun=true")
                .then()
                .statusCode(200)
                .body(
                        "warnings.message",
                        hasItem(
                                containsString(
                                        "no call of this route ever carried the number"
                                                + " output_words")));
        var id = server.started(Server.plan(route));
        server.observe(
                        id,
                        """
                        [{"id": "1", "arm": "candidate", "error": false,
                          "numbers": {"output_words": 80, "tool_calls": 2}}]\
                        """)
                .statusCode(200);

        assertThat(routes.known(route).numbers())
                .containsExactlyInAnyOrder("output_words", "tool_calls");
        assertThat(routes.known(Server.newRoute()).numbers()).isEmpty();
        Server.yaml()
                .body(plan)
                .post("/api/v1/rollouts?dryRun=true")
                .then()
                .body("warnings.message", not(hasItem(containsString("ever carried"))));
    }

    @Test
    @DisplayName("is known from the tallies alone where calls have no id")
    void knowsFromTallies() {
        var route = Server.newRoute();
        var id = server.started(plan(route, "answer_length >= 300"));
        server.observe(id, "[{\"arm\": \"baseline\", \"numbers\": {\"output_words\": 80}}]")
                .statusCode(200);

        assertThat(routes.known(route).numbers()).containsExactly("output_words");
    }

    @Test
    @DisplayName("is judged again under another plan, by another limit, cap and percentile")
    void backtests() {
        var route = Server.newRoute();
        var id = server.started(plan(route, "answer_length >= 900"));
        post(id, "candidate", 400, 250);
        post(id, "baseline", 400, 120);
        server.pass(Duration.ofSeconds(31));
        server.say(id, "rollback", "{\"version\": %d}".formatted(server.version(id)));

        for (var stricter : List.of("answer_length >= 200", "p95_words >= 200")) {
            Server.yaml()
                    .body(plan(route, stricter))
                    .post("/api/v1/rollouts/" + id + "/backtest")
                    .then()
                    .statusCode(200)
                    .body("unknown", empty())
                    .body("other.outcome", is("rolledBack"));
        }
        var other = server.started(plan(route, "answer_length >= 500"));
        post(other, "candidate", 100, 200);
        given().get("/compare?run=%s&run=%s".formatted(id, other))
                .then()
                .statusCode(200)
                .body(containsString("Answer length"));
    }

    @Test
    @DisplayName("keeps its definition and its caps when the form is filled from the plan")
    void fillsTheForm() {
        given().formParam("plan", plan(Server.newRoute(), "answer_length >= 300"))
                .post("/new/fill")
                .then()
                .statusCode(200)
                .body(containsString("number: output_words"))
                .body(containsString("answer_length: 2000"));
    }

    private static String plan(String route, String conditions) {
        return Server.plan(route)
                        .replace("error_rate >= 10%", "error_rate >= 10%\n  - " + conditions)
                + """
                metrics:
                  answer_length: { number: output_words, cap: 2000 }
                  p95_words: { number: output_words, percentile: 95 }
                """;
    }

    /// Calls that carry the number, a line each.
    private static void post(String id, String arm, int calls, double words) {
        var lines = new StringBuilder();
        for (int i = 0; i < calls; i++) {
            lines.append(
                    """
                    {"id": "%s", "arm": "%s", "error": false, "numbers": {"output_words": %s}}
                    """
                            .formatted(UUID.randomUUID(), arm, words + i % 3 - 1));
        }
        given().contentType("application/x-ndjson")
                .body(lines.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post("/api/v1/rollouts/" + id + "/observations")
                .then()
                .statusCode(200)
                .body("accepted", is(calls));
    }
}
