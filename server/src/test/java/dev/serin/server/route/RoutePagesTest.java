package dev.serin.server.route;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.serin.server.rollout.Server;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("A route")
class RoutePagesTest {

    private static final String OBJECTIVES =
            """
            objectives:
              - { indicator: task_success_rate, target: 90%, window: 1h }
              - { indicator: cost_per_task, target: 99%, within: 0.25, window: 7d }
            errorBudget: 5%
            """;

    @Inject Server server;

    @Test
    @DisplayName("counts the calls of both arms of all its rollouts against its newest objectives")
    void overRollouts() {
        var route = Server.newRoute();
        var first = server.started(Server.plan(route) + OBJECTIVES);
        server.calls(first, "candidate", 47, 3);
        server.calls(first, "baseline", 50, 0);
        server.pass(Duration.ofSeconds(31));
        rollBack(first);
        server.pass(Duration.ofSeconds(60));
        var second = server.started(Server.plan(route) + OBJECTIVES);
        server.pass(Duration.ofSeconds(2));
        server.calls(second, "candidate", 58, 2);
        server.pass(Duration.ofSeconds(1));

        api(route)
                .body("name", is(route))
                .body("active", is(second))
                .body("lastRollout", is(first))
                .body("share", is(0.05f))
                .body("simulated", is(false))
                .body("objectives.size()", is(3))
                .body("objectives[0].indicator", is("task_success_rate"))
                .body("objectives[0].target", is(0.9f))
                .body("objectives[0].window", is("PT1H"))
                .body("objectives[0].calls", is(160))
                .body("objectives[0].bad", is(5))
                .body("objectives[0].good", is(155))
                .body("objectives[0].burn", is(0.3125f))
                .body("objectives[0].remaining", is(0.6875f))
                .body("objectives[0].state", is("healthy"))
                .body("objectives[0].exhaustedIn", nullValue())
                .body("objectives[0].alerts.size()", is(3))
                .body("objectives[0].alerts[0].severity", is("page"))
                .body("objectives[0].alerts[0].effectiveFactor", is(5.0f))
                .body("objectives[1].indicator", is("cost_per_task"))
                .body("objectives[1].within", is(0.25f))
                .body("objectives[1].bad", is(0))
                .body("objectives[2].indicator", is("error_budget"))
                .body("objectives[2].window", is("PT720H"));
        page(route)
                .body(
                        allOf(
                                startsWith("<!DOCTYPE html>"),
                                containsString("<title>Observing: " + route + " at 5 %"),
                                containsString("openai/gpt-3.5-turbo has served " + route),
                                containsString("openai/gpt-4 gets 5 % of its calls."),
                                containsString("69 % left: 5 bad of 160 calls"),
                                containsString("Roll back to openai/gpt-3.5-turbo"),
                                containsString("class=\"picture timeline\""),
                                containsString("budget-course"),
                                containsString("$0.010 of 60 calls"),
                                not(containsString("simulated"))));
    }

    @Test
    @DisplayName("forgets calls that are older than an objective's window, not those of the month")
    void forgets() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route) + OBJECTIVES);
        server.calls(id, "candidate", 99, 1);
        rollBack(id);
        server.pass(Duration.ofHours(2));

        api(route)
                .body("active", nullValue())
                .body("objectives[0].calls", is(0))
                .body("objectives[0].burn", nullValue())
                .body("objectives[0].state", is("unknown"))
                .body("objectives[0].alerts[0].state", is("tooLittleTraffic"))
                .body("objectives[0].month.calls", is(100))
                .body("objectives[1].calls", is(100));
        page(route)
                .body(
                        allOf(
                                containsString("<title>Serving: " + route),
                                containsString("no calls in the last 1 min"),
                                containsString("90 % left: 1 bad of 100 calls")));
        server.pass(Duration.ofDays(31));
        api(route).body("objectives[0].month.calls", is(0));
    }

    @Test
    @DisplayName("says when a budget is gone, and alarms where enough calls were bad")
    void alarms() {
        var route = "zy-" + Server.newRoute();
        var id =
                server.started(
                        Server.plan(route).replace("error_rate >= 10%", "avg_cost_usd >= 5")
                                + OBJECTIVES);
        server.calls(id, "candidate", 20, 60);
        server.pass(Duration.ofSeconds(1));

        api(route)
                .body("objectives[0].state", is("exhausted"))
                .body("objectives[0].remaining", is(-6.5f))
                .body("objectives[0].exhaustedIn", is("PT0S"))
                .body("objectives[0].alerts[0].state", is("firing"))
                .body("objectives[0].alerts[0].longBurn", is(7.5f));
        page(route)
                .body(
                        allOf(
                                containsString("<title>Budget exhausted: " + route),
                                containsString("nothing left: 60 bad of 80 calls"),
                                containsString("alarms"),
                                containsString("page at 5× in 1 min and 5 s")));
        given().get("/routes?after=zy")
                .then()
                .statusCode(200)
                .body(containsString("nothing left: 60 bad of 80 calls"));
        rollBack(id);
    }

    @Test
    @DisplayName("keeps its objectives when the model before is put back by one press")
    void restores() {
        var route = Server.newRoute();
        promoted(route, Server.plan(route) + OBJECTIVES);
        page(route).body(containsString("Put openai/gpt-3.5-turbo back"));

        press(route, undo(route)).statusCode(303).header("Location", containsString("/rollouts/"));

        api(route)
                .body("model", is("openai/gpt-3.5-turbo"))
                .body("objectives.size()", is(3))
                .body("objectives[0].calls", is(800));
        page(route).body(containsString("put back"));
    }

    @Test
    @DisplayName("whose model before was put back takes it off by no second press on the same page")
    void putsBackOnce() {
        var route = Server.newRoute();
        promoted(route, Server.plan(route));
        var shown = undo(route);
        press(route, shown).statusCode(303).header("Location", containsString("/rollouts/"));

        var second = press(route, shown).statusCode(303).header("Location", containsString(route));

        api(route).body("model", is("openai/gpt-3.5-turbo"));
        note(route, second)
                .body(
                        allOf(
                                containsString("Nothing was changed, because the page was old:"),
                                containsString("already put back by Mira (said) at ")));
    }

    @Test
    @DisplayName("whose rollout was rolled back gets no older model by a second press")
    void rollsBackOnce() {
        var route = Server.newRoute();
        promoted(route, Server.plan(route));
        server.started(next(route));
        var shown = undo(route);
        page(route).body(containsString("Roll back to openai/gpt-4"));
        press(route, shown).statusCode(303);

        var second = press(route, shown).statusCode(303);

        api(route).body("model", is("openai/gpt-4")).body("active", nullValue());
        note(route, second).body(containsString("already rolled back by Mira (said) at "));
        server.pass(Duration.ofSeconds(61));
        press(route, undo(route)).statusCode(303);
        api(route).body("model", is("openai/gpt-3.5-turbo"));
    }

    @Test
    @DisplayName("without another model says on its own page that there is nothing to put back")
    void nothingToPutBack() {
        var route = Server.newRoute();
        rollBack(server.started(Server.plan(route)));
        server.pass(Duration.ofSeconds(61));
        page(route)
                .body(
                        allOf(
                                not(containsString("/restore")),
                                containsString("names no objectives"),
                                containsString("told its cost")));
        var answer = press(route, "").statusCode(303).header("Location", containsString(route));
        note(route, answer).body(containsString("The route never had another model."));
    }

    @Test
    @DisplayName("stands in the list with its model, what is under way and how the last one ended")
    void list() {
        var route = "zz-" + Server.newRoute();
        var id = server.started(Server.plan(route));
        var list = given().get("/routes?after=zz").then().statusCode(200);
        list.body(
                allOf(
                        containsString("/routes/" + route),
                        containsString("Observing at 5 %"),
                        containsString("/rollouts/" + id),
                        containsString("none has ended"),
                        containsString("no objectives")));
        rollBack(id);
        given().header("HX-Target", "live")
                .get("/routes?after=zz")
                .then()
                .header("Vary", containsString("HX-Target"))
                .body(
                        allOf(
                                startsWith("<article id=\"live\""),
                                containsString("openai/gpt-4 rolled back: by ")));
        given().urlEncodingEnabled(false).get("/routes?after=zz%00").then().statusCode(200);
    }

    @Test
    @DisplayName("does not exist for an unknown name: a page for people, a problem for programs")
    void unknown() {
        given().accept("text/html")
                .get("/routes/nowhere")
                .then()
                .statusCode(404)
                .body(
                        allOf(
                                startsWith("<!DOCTYPE html>"),
                                containsString("There is no such route")));
        given().get("/api/v1/routes/nowhere")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", is("urn:serin:problem:no-such-route"))
                .body("detail", is("there is no route nowhere"));
        assertThat(given().get("/q/openapi?format=json").asString())
                .contains("/api/v1/routes/{name}")
                .contains("RouteWithObjectives");
    }

    private void rollBack(String id) {
        server.say(
                        id,
                        "rollback",
                        "{\"version\": %d, \"comment\": \"enough\"}".formatted(server.version(id)))
                .statusCode(200);
    }

    private static ValidatableResponse api(String route) {
        return given().get("/api/v1/routes/" + route).then().statusCode(200);
    }

    private static ValidatableResponse page(String route) {
        return given().get("/routes/" + route).then().statusCode(200);
    }

    private void promoted(String route, String plan) {
        var id = server.started(plan);
        server.toGate(id);
        server.say(id, "approve", "{\"version\": %d}".formatted(server.version(id)))
                .statusCode(200);
    }

    /// An upgrade from what the plan of tests has promoted.
    private static String next(String route) {
        return Server.plan(route).replace("gpt-4", "gpt-5").replace("gpt-3.5-turbo", "gpt-4");
    }

    /// What the button of the route's page says that it undoes.
    private static String undo(String route) {
        return page(route).extract().htmlPath().getString("**.find { it.@name == 'undo' }.@value");
    }

    private static ValidatableResponse press(String route, String undo) {
        return given().redirects()
                .follow(false)
                .formParam("name", "Mira")
                .formParam("undo", undo)
                .post("/routes/" + route + "/restore")
                .then();
    }

    private static ValidatableResponse note(String route, ValidatableResponse answer) {
        return given().cookie("serin-note", answer.extract().cookie("serin-note"))
                .get("/routes/" + route)
                .then();
    }
}
