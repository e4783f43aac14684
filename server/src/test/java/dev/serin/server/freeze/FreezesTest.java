package dev.serin.server.freeze;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.serin.server.TestClock;
import dev.serin.server.Turns;
import dev.serin.server.access.Grant;
import dev.serin.server.access.Role;
import dev.serin.server.access.Visitor;
import dev.serin.server.rollout.RouteTeams;
import dev.serin.server.rollout.Server;
import dev.serin.server.route.RouteTable;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("A freeze")
class FreezesTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Inject Server server;
    @Inject Freezes freezes;
    @Inject RouteTable routes;
    @Inject RouteTeams teams;
    @Inject TestClock clock;
    @Inject AgroalDataSource database;
    @Inject Turns turns;

    private String team = "";

    @BeforeEach
    void teamOfItsOwn() {
        team = "team-" + UUID.randomUUID().toString().substring(0, 8);
    }

    @AfterEach
    void freezeNobodyElse() throws SQLException {
        execute("update rollout_freeze set ended_at = now() where ended_at is null");
    }

    @Test
    @DisplayName(
            "keeps a step from rising to the very moment at which it ends, and not a moment longer")
    void keepsAStep() {
        var id = server.started(plan());
        var end = freeze(team, HOUR);
        goodCalls(id);
        server.pass(Duration.ofSeconds(31));
        server.get(id)
                .body("phase", is("observing"))
                .body("share", equalTo(0.05f))
                .body("frozen.by", is("noor (said)"))
                .body("frozen.sentence", containsString("frozen by noor (said): release week"))
                .body("dueAt", not(nullValue()));

        pass(until(end).minusNanos(1_000));
        server.get(id).body("share", equalTo(0.05f)).body("findings[0].finding", is("met"));
        pass(Duration.ofNanos(1_000));
        server.get(id).body("share", equalTo(0.25f)).body("frozen", nullValue());
    }

    @Test
    @DisplayName("is seen by every replica's next decision, whoever set it")
    void isOfAllReplicas() throws SQLException {
        var id = server.started(plan());
        goodCalls(id);
        execute(
                """
                insert into rollout_freeze (id, team, from_at, until_at, by_whom, why, made_at)
                values (gen_random_uuid(), '%s', '%s', '%s', 'noor', '', now())\
                """
                        .formatted(team, clock.instant(), clock.instant().plus(HOUR)));
        server.pass(Duration.ofSeconds(31));
        server.get(id)
                .body("share", equalTo(0.05f))
                .body("frozen.sentence", containsString("frozen by noor"));
    }

    @Test
    @DisplayName("is set only when no replica decides any more that has not seen it")
    void waitsForDecisions() throws Exception {
        var set =
                turns.take(
                        () -> execute("select pg_advisory_xact_lock_shared(" + Freezes.LOCK + ")"),
                        () -> freeze(team, HOUR));
        assertThat(set).isAfter(clock.instant());
    }

    @Test
    @DisplayName("lets a breach roll back, a person pause and roll back, and a gate open")
    void stopsNothingElse() {
        var breached = server.started(plan());
        var paused = server.started(plan());
        var gated = server.started(plan());
        goodCalls(gated);
        server.pass(Duration.ofSeconds(31));
        freeze(team, HOUR);

        server.calls(breached, "candidate", 10, 40);
        server.pass(Duration.ofSeconds(1));
        server.get(breached).body("phase", is("rolledBack")).body("frozen", nullValue());
        say(paused, "pause").statusCode(200).body("phase", is("paused"));
        say(paused, "rollback").statusCode(200).body("phase", is("rolledBack"));
        goodCalls(gated);
        server.pass(Duration.ofSeconds(31));
        server.get(gated).body("phase", is("awaitingApproval")).body("share", equalTo(0.25f));
    }

    @Test
    @DisplayName(
            "refuses an approval and an early end of a step, says until when, and can be ended")
    void refusesPeople() {
        var id = server.started(plan());
        server.toGate(id);
        var end = freeze(team, HOUR);
        var sentence = "waits until " + words(end) + ": frozen by noor (said): release week";
        say(id, "approve")
                .statusCode(409)
                .body("type", containsString("refused"))
                .body("detail", is(sentence + "; do it again when that is over"))
                .body("rollout.phase", is("awaitingApproval"));
        server.pass(Duration.ofSeconds(1));
        page("/rollouts/" + id)
                .body(containsString("Go to 100 %? It " + sentence + "."))
                .body(containsString("disabled aria-describedby=\"frozen\">Approve: go to 100 %"))
                .body(containsString("No share rises until <time datetime=\"" + end + "\""))
                .body(not(containsString("<dialog id=\"ask-approve\"")));
        page("/?team=" + team).body(containsString(sentence));
        noor().redirects()
                .follow(false)
                .formParam("version", server.version(id))
                .post("/rollouts/" + id + "/approve")
                .then()
                .statusCode(303);
        server.get(id).body("phase", is("awaitingApproval"));

        String freeze = open().get(0);
        noor().delete("/api/v1/freezes/" + freeze).then().statusCode(204);
        noor().delete("/api/v1/freezes/" + freeze).then().statusCode(404);
        server.pass(Duration.ofSeconds(1));
        page("/rollouts/" + id).body(not(containsString("aria-describedby=\"frozen\"")));
        say(id, "approve").statusCode(200).body("phase", is("complete"));
    }

    @Test
    @DisplayName("refuses to finish a step early that leads higher")
    void refusesPromote() {
        var id = server.started(plan());
        goodCalls(id);
        server.pass(Duration.ofSeconds(1));
        freeze(team, HOUR);
        say(id, "promote").statusCode(409).body("detail", containsString("waits until"));
        server.pass(Duration.ofSeconds(1));
        page("/rollouts/" + id)
                .body(containsString("disabled aria-describedby=\"frozen\">Go to 25 % now"));
    }

    @Test
    @DisplayName(
            "lets a rollout start and wait before its first step, with no call to the candidate")
    void letsStartAndWait() {
        var end = freeze(team, HOUR);
        var route = Server.newRoute();
        var id = server.started(plan(route));
        server.get(id)
                .body("phase", is("waiting"))
                .body("share", equalTo(0.0f))
                .body("frozen.until", is(end.toString()));
        ofrep(route).body("value", is("openai/gpt-3.5-turbo"));
        server.observe(id, "[{\"arm\": \"candidate\", \"error\": false}]")
                .statusCode(409)
                .body("detail", containsString("first step"));
        page("/rollouts/" + id)
                .body(containsString("It waits until " + words(end)))
                .body(containsString("Then it begins with 5 %."))
                .body(containsString("Stop and keep openai/gpt-3.5-turbo"));
        page("/routes/" + route).body(containsString("waits until " + words(end)));
        given().get("/api/v1/rollouts?phase=waiting&team=" + team)
                .then()
                .body("id", is(List.of(id)));

        pass(until(end));
        server.get(id).body("phase", is("observing")).body("share", equalTo(0.05f));
        given().get("/api/v1/rollouts/" + id + "/journal")
                .then()
                .body("kind", is(List.of("stepEntered", "started")));
    }

    @Test
    @DisplayName("lets a rollout be stopped that has not begun, and its pages still open")
    void stopsBeforeTheFirstStep() {
        freeze(team, HOUR);
        var id = server.started(plan());
        say(id, "rollback").statusCode(200).body("phase", is("rolledBack"));
        page("/rollouts/" + id).body(containsString("stopped it before its first step"));
        page("/compare?run=" + id).body(containsString("gpt-4"));
        given().get("/api/v1/rollouts/" + id + "/evidence").then().statusCode(200);
        given().contentType("application/yaml")
                .body(plan().getBytes(UTF_8))
                .post("/api/v1/rollouts/" + id + "/backtest")
                .then()
                .statusCode(200);
    }

    @Test
    @DisplayName("lets the model before be put back at once, and not forth again")
    void letsBack() {
        var route = Server.newRoute();
        var id = server.started(plan(route));
        server.toGate(id);
        say(id, "approve").statusCode(200).body("phase", is("complete"));
        freeze(team, HOUR);
        noor().contentType("application/json")
                .body("{}")
                .post("/api/v1/routes/" + route + "/restore")
                .then()
                .statusCode(201);
        ofrep(route).body("value", is("openai/gpt-3.5-turbo"));
        server.pass(Duration.ofSeconds(61));
        noor().contentType("application/json")
                .body("{}")
                .post("/api/v1/routes/" + route + "/restore")
                .then()
                .statusCode(409)
                .body("detail", containsString("frozen by noor"));
        ofrep(route).body("value", is("openai/gpt-3.5-turbo"));
    }

    @Test
    @DisplayName("lets a rollout go on at once whose route is given to a team without one")
    void holdsWhereItsRouteIs() {
        var route = Server.newRoute();
        var id = server.started(plan(route));
        freeze(team, HOUR);
        goodCalls(id);
        server.pass(Duration.ofSeconds(31));
        server.get(id).body("share", equalTo(0.05f)).body("frozen", not(nullValue()));

        teams.give(route, team + "-other", "noor");
        server.pass(Duration.ofSeconds(1));
        server.get(id).body("share", equalTo(0.25f)).body("frozen", nullValue());
    }

    @Test
    @DisplayName("is set and ended by admins of its team only, and seen by nobody else's viewers")
    void isOfItsAdmins() {
        var mine = admin(team);
        var other = admin("another-team");
        var viewer = visitor(team, Role.VIEWER);
        var until = clock.instant().plus(HOUR);
        var wanted = new Wanted(team, clock.instant(), until, "");
        var forAll = new Wanted("*", clock.instant(), until, "");
        for (var wrong : List.of(other, viewer)) {
            assertThatThrownBy(() -> freezes.set(wanted, wrong)).hasMessageContaining("role admin");
        }
        assertThatThrownBy(() -> freezes.set(forAll, mine)).hasMessageContaining("every team");
        var set = freezes.set(wanted, mine);
        assertThat(freezes.open(mine)).containsExactly(set);
        assertThat(freezes.open(viewer)).singleElement().matches(one -> !one.mine());
        assertThat(freezes.open(other)).isEmpty();
        assertThatThrownBy(() -> freezes.end(set.id(), other)).hasMessageContaining("no freeze");
        assertThatThrownBy(() -> freezes.end(set.id(), viewer)).hasMessageContaining("role admin");
        freezes.end(set.id(), mine);
        assertThat(freezes.open(mine)).isEmpty();
    }

    private static Visitor admin(String team) {
        return visitor(team, Role.ADMIN);
    }

    private static Visitor visitor(String team, Role role) {
        return new Visitor("somebody", true, Set.of(new Grant(team, role)));
    }

    @Test
    @DisplayName("of one team leaves the others alone, and one of all holds for everybody")
    void isOfATeam() {
        freeze("another-team", HOUR);
        var id = server.started(plan());
        server.get(id).body("phase", is("observing"));
        freeze("*", HOUR);
        goodCalls(id);
        server.pass(Duration.ofSeconds(31));
        server.get(id).body("share", equalTo(0.05f)).body("frozen.by", is("noor (said)"));
    }

    @Test
    @DisplayName("that comes later begins by itself, and together with the next one is told as one")
    void comesLater() {
        var id = server.started(plan());
        var begins = clock.instant().plusSeconds(600);
        set(team, begins, begins.plus(HOUR), "one").statusCode(201).body("holds", is(false));
        set(team, begins.plus(HOUR), begins.plus(HOUR.multipliedBy(2)), "two").statusCode(201);
        server.pass(Duration.ofSeconds(1));
        server.get(id).body("frozen", nullValue());
        pass(until(begins));
        server.get(id)
                .body("frozen.until", is(begins.plus(HOUR.multipliedBy(2)).toString()))
                .body("frozen.why", is("two"));
        pass(HOUR.multipliedBy(2));
        server.get(id).body("frozen", nullValue());
    }

    @Test
    @DisplayName("is refused field by field, and keeps on its page what was typed")
    void refusesFields() {
        var now = clock.instant();
        for (var wrong :
                List.of(
                        "",
                        "monday",
                        now.toString(),
                        now.plus(HOUR.multipliedBy(9_000)).toString())) {
            json("{\"team\": \"%s\", \"until\": \"%s\"}".formatted(team, wrong))
                    .statusCode(400)
                    .body("field", is("until"));
        }
        json("{\"until\": \"%s\", \"team\": \"A team\"}".formatted(now.plus(HOUR)))
                .statusCode(400)
                .body("field", is("team"));
        json("{\"until\": \"%s\", \"why\": \"%s\"}".formatted(now.plus(HOUR), "w".repeat(201)))
                .statusCode(400)
                .body("field", is("why"));
        json("{\"until\": \"%s\", \"reason\": \"x\"}".formatted(now.plus(HOUR))).statusCode(400);
        assertThat(open()).isEmpty();
        noor().formParam("team", team)
                .formParam("until", "2020-01-01T09:00")
                .formParam("why", "<b>release</b>")
                .post("/settings/freezes")
                .then()
                .statusCode(400)
                .body(
                        allOf(
                                containsString("has passed; a freeze ends later than now"),
                                containsString("&lt;b&gt;release&lt;/b&gt;"),
                                not(containsString("<b>release"))));
    }

    @Test
    @DisplayName(
            "is set and ended by plain forms, and both stand in the audit with before and after")
    void isAudited() {
        var until = clock.instant().plus(HOUR).truncatedTo(ChronoUnit.MINUTES);
        noor().redirects()
                .follow(false)
                .formParam("team", team)
                .formParam("until", until.toString().substring(0, 16))
                .formParam("why", "release week")
                .post("/settings/freezes")
                .then()
                .statusCode(303);
        page("/settings/freezes")
                .body(containsString("One freeze holds"))
                .body(containsString(words(until)))
                .body(containsString("release week"));
        noor().redirects()
                .follow(false)
                .post("/settings/freezes/" + open().get(0) + "/end")
                .then()
                .statusCode(303);
        page("/settings/freezes").body(containsString("Nothing is frozen"));
        noor().get("/api/v1/audit?what=freezeSet&limit=1")
                .then()
                .body(containsString("no share of team " + team + " rises"))
                .body(containsString("until " + words(until)))
                .body(containsString("noor"));
        noor().get("/api/v1/audit?what=freezeEnded&limit=1")
                .then()
                .body(containsString("shares of team " + team + " rise again"));
    }

    private String plan() {
        return plan(Server.newRoute());
    }

    private String plan(String route) {
        return Server.plan(route) + "team: " + team + "\n";
    }

    private Instant freeze(String whose, Duration length) {
        var until = clock.instant().plus(length);
        set(whose, clock.instant(), until, "release week").statusCode(201);
        return until;
    }

    private ValidatableResponse set(String whose, Instant from, Instant until, String why) {
        return json(
                """
                {"team": "%s", "from": "%s", "until": "%s", "why": "%s"}
                """
                        .formatted(whose, from, until, why));
    }

    private ValidatableResponse json(String body) {
        return noor().contentType("application/json").body(body).post("/api/v1/freezes").then();
    }

    private List<String> open() {
        return noor().get("/api/v1/freezes").then().statusCode(200).extract().path("id");
    }

    private ValidatableResponse say(String id, String verb) {
        return server.say(id, verb, "{\"version\": %d}".formatted(server.version(id)));
    }

    private ValidatableResponse ofrep(String route) {
        routes.refresh();
        return given().contentType("application/json")
                .body("{\"context\": {\"targetingKey\": \"user-42\"}}")
                .post("/ofrep/v1/evaluate/flags/" + route)
                .then();
    }

    private void goodCalls(String id) {
        clock.pass(Duration.ofSeconds(2));
        server.calls(id, "candidate", 200, 0);
        server.calls(id, "baseline", 200, 0);
    }

    private Duration until(Instant at) {
        return Duration.between(clock.instant(), at);
    }

    private void pass(Duration time) {
        server.pass(time);
    }

    private ValidatableResponse page(String path) {
        return noor().get(path).then().statusCode(200);
    }

    private static RequestSpecification noor() {
        return given().auth().preemptive().basic("noor", "");
    }

    private static String words(Instant at) {
        return new dev.serin.engine.rollout.Freeze(at, "", "").end();
    }

    private boolean execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }
}
