package dev.serin.server.ofrep;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.serin.server.rollout.Server;
import dev.serin.server.route.RouteTable;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("A service that asks over OFREP")
class OfrepTest {

    @Inject Server server;
    @Inject RouteTable routes;

    @Test
    @DisplayName("hears model, arm, rollout and step, the same for the same key")
    void hearsTheModel() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        routes.refresh();
        String first =
                ask(route, "user-1")
                        .statusCode(200)
                        .body("key", is(route))
                        .body("reason", is("SPLIT"))
                        .body("variant", anyOf(is("baseline"), is("candidate")))
                        .body("metadata.rollout", is(id))
                        .body("metadata.step", is(0))
                        .body("metadata.stepName", is("5% canary"))
                        .body("metadata.share", is(0.05f))
                        .extract()
                        .path("value");
        ask(route, "user-1").body("value", is(first));
    }

    @Test
    @DisplayName("gets the candidate for about the share of its keys, and each counts once")
    void splitsKeys() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route).replace("share: 5%", "share: 20%"));
        routes.refresh();
        int candidates = 0;
        for (int i = 0; i < 300; i++) {
            // The machine may be slow, and a replica without word for 15 s serves the baseline.
            routes.refresh();
            if (ask(route, "k" + i).extract().path("variant").equals("candidate")) {
                candidates++;
            }
        }
        assertThat(candidates).isBetween(35, 90);
        ask(route, "k1");
        int expected = candidates;
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        given().get("/api/v1/rollouts/" + id + "/evidence")
                                .then()
                                .body("steps[0].splitByServer", is(true))
                                .body(
                                        "steps[0].total.candidate.find { it.of == 'keys' }.n",
                                        is(expected))
                                .body(
                                        "steps[0].total.baseline.find { it.of == 'keys' }.n",
                                        is(300 - expected)));
    }

    @Test
    @DisplayName("is told what is missing")
    void isToldWhatIsMissing() {
        var route = Server.newRoute();
        server.started(Server.plan(route));
        routes.refresh();
        post(route, "{\"context\": {}}")
                .statusCode(400)
                .body("errorCode", is("TARGETING_KEY_MISSING"))
                .body("key", is(route));
        for (var context : List.of("\"user-1\"", "[]", "{\"targetingKey\": 5}")) {
            post(route, "{\"context\": %s}".formatted(context))
                    .statusCode(400)
                    .body("errorCode", is("INVALID_CONTEXT"))
                    .body("errorDetails", startsWith("context"))
                    .body("key", is(route));
        }
        given().contentType("application/json")
                .body("{\"context\": 7}")
                .post("/ofrep/v1/evaluate/flags")
                .then()
                .statusCode(400)
                .body("errorCode", is("INVALID_CONTEXT"));
        post(route, "{\"context\": ").statusCode(400).body("errorCode", is("PARSE_ERROR"));
        ask("no-such-route", "a").statusCode(404).body("errorCode", is("FLAG_NOT_FOUND"));
    }

    @Test
    @DisplayName("needs no key where the plan's key is the request")
    void needsNoKey() {
        var route = Server.newRoute();
        server.started(Server.plan(route) + "key: request\n");
        routes.refresh();
        post(route, "{}").statusCode(200).body("value", notNullValue());
    }

    @Test
    @DisplayName("that the plan forces to an arm is told so, and is no part of the split")
    void isForced() {
        var route = Server.newRoute();
        var id =
                server.started(
                        Server.plan(route)
                                + "always: { header: X-Staff, is: [\"true\", \"7\"] }\nnever: { key: acme }\n");
        routes.refresh();
        for (var value : List.of("true", "\"true\"", "7")) {
            post(route, "{\"context\": {\"x-staff\": %s}}".formatted(value))
                    .statusCode(200)
                    .body("variant", is("candidate"))
                    .body("reason", is("TARGETING_MATCH"))
                    .body("metadata.forced", is(true));
        }
        post(route, "{\"context\": {\"targetingKey\": \"acme\", \"X-Staff\": \"7\"}}")
                .body("variant", is("baseline"))
                .body("reason", is("TARGETING_MATCH"));
        ask(route, "somebody").body("reason", is("SPLIT")).body("metadata.forced", nullValue());
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        given().get("/api/v1/rollouts/" + id + "/evidence")
                                .then()
                                .body(
                                        "steps[0].total.collect { it.value }.flatten().findAll { it.of == 'keys' }.n.sum()",
                                        is(1)));
    }

    @Test
    @DisplayName("hears of a rollback without asking twice, and of the model alone after it")
    void hearsOfARollback() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> ask(route, "a").statusCode(200).body("reason", is("SPLIT")));
        server.say(id, "rollback", "{\"version\": 1}").statusCode(200);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        ask(route, "a")
                                .body("reason", is("STATIC"))
                                .body("value", is("openai/gpt-3.5-turbo")));
    }

    @Test
    @DisplayName("gets all routes at once, and nothing twice")
    void getsAll() {
        server.started(Server.plan(Server.newRoute()));
        routes.refresh();
        var body = "{\"context\": {\"targetingKey\": \"a\"}}";
        String tag =
                given().contentType("application/json")
                        .body(body)
                        .post("/ofrep/v1/evaluate/flags")
                        .then()
                        .statusCode(200)
                        .body("flags[0].key", notNullValue())
                        .extract()
                        .header("ETag");
        for (var known : List.of(tag, "W/" + tag, "\"other\", " + tag)) {
            given().contentType("application/json")
                    .header("If-None-Match", known)
                    .body(body)
                    .post("/ofrep/v1/evaluate/flags")
                    .then()
                    .statusCode(304);
        }
    }

    private static ValidatableResponse ask(String route, String key) {
        return post(route, "{\"context\": {\"targetingKey\": \"%s\"}}".formatted(key));
    }

    private static ValidatableResponse post(String route, String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/ofrep/v1/evaluate/flags/" + route)
                .then();
    }
}
