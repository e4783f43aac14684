package dev.serin.server.rollout;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("The API")
class RolloutApiTest {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z";

    @Inject Server server;
    @Inject AgroalDataSource database;

    @Test
    @DisplayName("starts a plan with 201, Location and the rollout, to the letter")
    void starts() {
        var route = Server.newRoute();
        var id =
                server.post(Server.plan(route))
                        .statusCode(201)
                        .header("Location", containsString("/api/v1/rollouts/"))
                        .body("route", is(route))
                        .body("phase", is("observing"))
                        .body("step.index", is(0))
                        .body("step.name", is("5% canary"))
                        .body("share", equalTo(0.05f))
                        .body("version", is(1))
                        .body("findings[0].condition", is("error_rate >= 0.1"))
                        .body("findings[0].finding", is("unsure"))
                        .body("findings[0].calls", is(0))
                        .body("findings[0].estimate", nullValue())
                        .body("findings[0].sentence", notNullValue())
                        .body("outcome", nullValue())
                        .body("$", hasKey("outcome"))
                        .body("endedAt", nullValue())
                        .body("startedAt", matchesPattern(TIME))
                        .body("evidence", notNullValue())
                        .body("simulated", is(false))
                        .body("plan.steps[1].duration", is("PT30S"))
                        .extract()
                        .<String>path("id");
        assertThat(UUID.fromString(id)).isNotNull();
    }

    @Test
    @DisplayName("reads JSON plans, and only checks with dryRun")
    void checks() {
        var route = Server.newRoute();
        var json =
                """
                {"route": "%s", "baseline": "a", "candidate": "b",
                 "steps": [{"name": "all", "share": 1, "duration": "PT30S"}],
                 "rollback": ["error_rate >= 10%%"]}\
                """
                        .formatted(route);
        given().contentType("application/json")
                .body(json)
                .post("/api/v1/rollouts?dryRun=true")
                .then()
                .statusCode(200)
                .body("valid", is(true))
                .body("plan.route", is(route));
        for (var unclear : List.of("=1", "=yes", "=", "")) {
            given().contentType("application/json")
                    .body(json)
                    .post("/api/v1/rollouts?dryRun" + unclear)
                    .then()
                    .statusCode(400)
                    .body("field", is("dryRun"))
                    .body("detail", containsString("true or false"));
        }
        given().get("/api/v1/rollouts?route=" + route).then().body("$", is(List.of()));
        given().contentType("application/json")
                .body(json)
                .post("/api/v1/rollouts")
                .then()
                .statusCode(201);
    }

    @Test
    @DisplayName("names the line, the field and the mend of a plan that is none")
    void refusesPlans() {
        server.post(Server.plan(Server.newRoute()).replace("share: 25%", "share: 125%"))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].line", is(6))
                .body("errors[0].field", is("steps[1].share"))
                .body("errors[0].message", notNullValue());
    }

    @Test
    @DisplayName("starts one rollout on a route, and names it to whoever comes second")
    void startsOne() {
        var route = Server.newRoute();
        var first = server.started(Server.plan(route));
        server.post(Server.plan(route))
                .statusCode(409)
                .body("active", is(first))
                .body("rollout.id", is(first));
    }

    @Test
    @DisplayName("refuses a plan over 1 MB with 413, and another type with 415")
    void refusesLargePlans() {
        var large = Server.plan(Server.newRoute()) + "# " + "x".repeat(5 << 20);
        server.post(large).statusCode(413).contentType("application/problem+json");
        given().contentType("text/plain")
                .body("route: x")
                .post("/api/v1/rollouts")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @Test
    @DisplayName("wants the version, knows its fields, and names the one that is wrong")
    void wantsTheVersion() {
        var id = server.started(Server.plan(Server.newRoute()));
        server.say(id, "pause", "{}").statusCode(400).body("field", is("version"));
        server.say(id, "pause", "").statusCode(400).body("field", is("version"));
        server.say(id, "pause", "{\"version\": 1, \"coment\": \"x\"}")
                .statusCode(400)
                .body("field", is("coment"));
        server.say(id, "pause", "{\"version\": \"1\"}").statusCode(400);
        server.say(id, "pause", "{\"version\": 1").statusCode(400).body("line", is(1));
        server.say(id, "pause", "{\"version\": 1, \"version\": 1}").statusCode(400);
        server.get(id).body("phase", is("observing"));
    }

    @Test
    @DisplayName(
            "refuses a decision on an old version, or one that makes no sense, with the rollout")
    void refusesDecisions() {
        var id = server.started(Server.plan(Server.newRoute()));
        server.say(id, "pause", "{\"version\": 0}")
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", endsWith("outdated"))
                .body("rollout.version", is(1));
        server.say(id, "approve", "{\"version\": 1}")
                .statusCode(409)
                .body("detail", containsString("no gate is open"))
                .body("rollout.phase", is("observing"));
        server.say(id, "pause", "{\"version\": 1, \"comment\": \"lunch\"}")
                .statusCode(200)
                .body("phase", is("paused"))
                .body("version", is(2));
        server.say(id, "resume", "{\"version\": 2}").statusCode(200).body("version", is(3));
    }

    @Test
    @DisplayName("tells what is found of the baseline while a step measures it alone")
    void tellsOfTheBaselineAlone() {
        var id = server.started(Server.measuring(Server.newRoute()));
        String evidence = server.get(id).extract().path("evidence");
        server.calls(id, "baseline", 18, 2);
        server.pass(Duration.ofSeconds(2));
        server.get(id)
                .body("findings[0].finding", is("resting"))
                .body("baselineFindings[0].calls", is(20))
                .body("baselineFindings[0].estimate", is(0.1f))
                .body("evidence", is(evidence));
    }

    @Test
    @DisplayName("keeps the evidence that an approver saw, and knows no other")
    void keepsWhatWasSeen() {
        var id = server.started(Server.plan(Server.newRoute()));
        server.toGate(id);
        String evidence = server.get(id).extract().path("evidence");
        int version = server.version(id);
        server.say(id, "approve", "{\"version\": %d, \"evidence\": \"made up\"}".formatted(version))
                .statusCode(409);
        server.say(
                        id,
                        "approve",
                        "{\"version\": %d, \"evidence\": \"%s\"}".formatted(version, evidence))
                .statusCode(200);
        given().get("/api/v1/rollouts/" + id + "/journal")
                .then()
                .body("find { it.kind == 'approved' }.saw", is(evidence))
                .body("find { it.kind == 'approved' }.sawFindings.size()", is(1))
                .body("find { it.kind == 'approved' }.sawFindings[0].calls", is(200))
                .body("find { it.kind == 'started' }.sawFindings", nullValue())
                .body("sentence", everyItem(notNullValue()));
        given().get("/rollouts/" + id).then().body(containsString("What the approver saw"));
    }

    @Test
    @DisplayName(
            "keeps of all that was shown at a gate only what an approver named, once it is left")
    void keepsOnlyWhatWasNamed() throws SQLException {
        var id = server.started(Server.plan(Server.newRoute()));
        server.toGate(id);
        String first = server.get(id).extract().path("evidence");
        server.calls(id, "candidate", 10, 0);
        server.pass(Duration.ofSeconds(2));
        String second = server.get(id).extract().path("evidence");
        assertThat(second).isNotEqualTo(first);
        assertThat(shown(id)).containsExactlyInAnyOrder(first, second);

        server.say(
                        id,
                        "approve",
                        "{\"version\": %d, \"evidence\": \"%s\"}"
                                .formatted(server.version(id), first))
                .statusCode(200);
        assertThat(shown(id)).containsExactly(first);
    }

    private List<String> shown(String id) throws SQLException {
        try (var connection = database.getConnection();
                var query =
                        connection.prepareStatement(
                                "select id from shown_evidence where rollout = ?::uuid")) {
            query.setString(1, id);
            var ids = new ArrayList<String>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            return ids;
        }
    }

    @Test
    @DisplayName("lists the newest first, by route and phase, in pages")
    void lists() {
        var route = Server.newRoute();
        for (int i = 0; i < 3; i++) {
            var id = server.started(Server.plan(route));
            server.say(id, "rollback", "{\"version\": 1}").statusCode(200);
            server.pass(Duration.ofSeconds(1));
        }
        var last = server.started(Server.plan(route));
        var list = "/api/v1/rollouts?route=" + route;
        given().get(list).then().statusCode(200).body("size()", is(4)).body("[0].id", is(last));
        given().get(list + "&phase=rolledBack").then().body("size()", is(3));
        given().get(list + "&phase=observing").then().body("id", is(List.of(last)));
        given().get(list + "&phase=dancing").then().statusCode(400).body("field", is("phase"));
        given().get(list + "&limit=2")
                .then()
                .body("size()", is(2))
                .header("Link", containsString("before="));
        given().get(list + "&before=" + last)
                .then()
                .body("size()", is(3))
                .body("id", not(hasItem(last)));
    }

    @Test
    @DisplayName("finds nothing by a name that no database can hold")
    void findsNothing() {
        for (var query : List.of("route=%00", "team=x%00")) {
            given().urlEncodingEnabled(false)
                    .get("/api/v1/rollouts?" + query)
                    .then()
                    .statusCode(200)
                    .body("size()", is(0));
        }
        for (var address : List.of("/routes/a%00", "/api/v1/routes/a%00", "/teams/a%00")) {
            given().urlEncodingEnabled(false).get(address).then().statusCode(404);
        }
        var problem = "application/problem+json";
        for (var address : List.of("/api/v1/routes/a%00/restore", "/routes/a%00/restore")) {
            given().urlEncodingEnabled(false)
                    .post(address)
                    .then()
                    .statusCode(404)
                    .contentType(problem);
        }
        given().urlEncodingEnabled(false)
                .formParam("team", "search")
                .post("/routes/a%00/team")
                .then()
                .statusCode(404)
                .contentType(problem);
        given().urlEncodingEnabled(false)
                .contentType("application/json")
                .body("{\"team\": \"search\"}")
                .patch("/api/v1/routes/a%00")
                .then()
                .statusCode(404)
                .contentType(problem)
                .body("type", is("urn:serin:problem:no-such-route"));
        for (var address : List.of("/api/v1/people/a%00", "/api/v1/tokens/a%00")) {
            given().urlEncodingEnabled(false)
                    .delete(address)
                    .then()
                    .statusCode(404)
                    .contentType(problem);
        }
    }

    @Test
    @DisplayName("puts the model before back at once, and stops what is under way")
    void restores() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        given().contentType("application/json")
                .post("/api/v1/routes/" + route + "/restore")
                .then()
                .statusCode(200)
                .body("id", is(id))
                .body("phase", is("rolledBack"));
        given().post("/api/v1/routes/" + route + "/restore")
                .then()
                .statusCode(200)
                .body("id", is(id))
                .body("version", is(2));
        server.pass(Duration.ofSeconds(61));
        given().post("/api/v1/routes/" + route + "/restore").then().statusCode(409);

        var promoted = server.started(Server.plan(route));
        server.toGate(promoted);
        server.say(promoted, "approve", "{\"version\": %d}".formatted(server.version(promoted)));
        given().get("/api/v1/routes")
                .then()
                .body("find { it.name == '%s' }.model".formatted(route), is("openai/gpt-4"))
                .body(
                        "find { it.name == '%s' }.before".formatted(route),
                        is("openai/gpt-3.5-turbo"));
        given().contentType("application/json")
                .body("{\"comment\": \"users complain\"}")
                .post("/api/v1/routes/" + route + "/restore")
                .then()
                .statusCode(201)
                .body("phase", is("complete"))
                .body("linkedTo", is(promoted))
                .body("candidate", is("openai/gpt-3.5-turbo"));
        given().get("/api/v1/routes")
                .then()
                .body(
                        "find { it.name == '%s' }.model".formatted(route),
                        is("openai/gpt-3.5-turbo"));
        given().post("/api/v1/routes/nobody/restore").then().statusCode(404);
    }

    @Test
    @DisplayName("undoes the rollout that is named, once, and none that has come since")
    void restoresOnce() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        server.toGate(id);
        server.say(id, "approve", "{\"version\": %d}".formatted(server.version(id)));
        String back = restore(route, id).statusCode(201).extract().path("id");
        restore(route, id)
                .statusCode(409)
                .body("type", endsWith("outdated"))
                .body("detail", containsString("already put back by"))
                .body("rollout.id", is(id));
        given().post("/api/v1/routes/" + route + "/restore")
                .then()
                .statusCode(201)
                .body("id", is(back));
        given().get("/api/v1/routes/" + route).then().body("model", is("openai/gpt-3.5-turbo"));

        restore(route, back).statusCode(201).body("candidate", is("openai/gpt-4"));
        restore(Server.newRoute(), id).statusCode(404);
        restore(route, "seven").statusCode(404);
    }

    private static ValidatableResponse restore(String route, String rollout) {
        return given().contentType("application/json")
                .body("{\"rollout\": \"%s\"}".formatted(rollout))
                .post("/api/v1/routes/" + route + "/restore")
                .then();
    }

    @Test
    @DisplayName("refuses a plan whose baseline is not the route's model")
    void refusesOtherBaseline() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        server.say(id, "rollback", "{\"version\": 1}");
        server.post(Server.plan(route).replace("gpt-3.5-turbo", "gpt-2"))
                .statusCode(400)
                .body("errors[0].field", is("baseline"));
        server.post(Server.plan(route).replace("baseline: openai/gpt-3.5-turbo\n", ""))
                .statusCode(201)
                .body("baseline", is("openai/gpt-3.5-turbo"));
    }

    @Test
    @DisplayName("answers what it does not know with a problem, and tells nothing of itself")
    void answersWithProblems() {
        for (var path : List.of("/api/v1/rollouts/x", "/api/v1/nothing")) {
            given().get(path).then().statusCode(404).contentType("application/problem+json");
        }
        given().get("/api/v1/rollouts/" + UUID.randomUUID())
                .then()
                .statusCode(404)
                .body("status", is(404))
                .body("title", is("Not Found"))
                .body("detail", containsString("there is no rollout"));
        given().delete("/api/v1/rollouts")
                .then()
                .statusCode(405)
                .header("Allow", "GET, HEAD, POST")
                .contentType("application/problem+json");
        for (var path :
                List.of(
                        "/api/v1/feedback",
                        "/api/v1/rollouts/a/observations",
                        "/v1/traces",
                        "/ofrep/v1/evaluate/flags/a")) {
            given().get(path)
                    .then()
                    .statusCode(405)
                    .header("Allow", "POST")
                    .body("status", is(405))
                    .body("detail", containsString("Allow"));
        }
        given().get("/api/v1/plan.schema.json").then().statusCode(200);
        given().get("/q/openapi").then().body(containsString("/api/v1/rollouts/{id}/observations"));
    }
}
