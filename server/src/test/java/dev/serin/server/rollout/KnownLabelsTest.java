package dev.serin.server.rollout;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("A plan's condition on a label")
class KnownLabelsTest {

    @Inject Server server;
    @Inject Routes routes;

    @Test
    @DisplayName("is warned of where the route never saw the label, with the way to send it")
    void warnsOfTheUnseen() {
        var plan = plan(Server.newRoute(), "hallucination_rate");

        checked(plan)
                .body(
                        "warnings.message",
                        hasItem(
                                containsString(
                                        "no call of this route ever carried the label"
                                                + " hallucination")))
                .body("warnings.message", hasItem(containsString("\"hallucination\": false")));
        given().formParam("plan", plan)
                .post("/new/check")
                .then()
                .body(containsString("ever carried the label hallucination"));
    }

    @Test
    @DisplayName("is not warned of once an earlier rollout's calls carried it, asked for or not")
    void knowsWhatWasSeen() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        server.observe(
                        id,
                        """
                        [{"id": "1", "arm": "candidate", "error": false,
                          "labels": {"hallucination": false, "complaint": true}}]\
                        """)
                .statusCode(200);

        assertThat(routes.known(route).labels())
                .containsExactlyInAnyOrder("hallucination", "complaint");
        checked(plan(route, "hallucination_rate"))
                .body("warnings.message", not(hasItem(containsString("ever carried"))));
        assertThat(routes.known(Server.newRoute()).labels()).isEmpty();
    }

    @Test
    @DisplayName("is counted from the tallies alone where calls have no id")
    void knowsFromTallies() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        server.observe(
                        id,
                        """
                        [{"arm": "baseline", "error": false, "labels": {"hallucination": false}}]\
                        """)
                .statusCode(200);

        assertThat(routes.known(route).labels()).containsExactly("hallucination");
    }

    private static String plan(String route, String metric) {
        return Server.plan(route)
                .replace("error_rate >= 10%", "error_rate >= 10%\n  - " + metric + " >= 8%");
    }

    private static ValidatableResponse checked(String plan) {
        return Server.yaml()
                .body(plan)
                .post("/api/v1/rollouts?dryRun=true")
                .then()
                .statusCode(200)
                .body("warnings", not(empty()));
    }
}
