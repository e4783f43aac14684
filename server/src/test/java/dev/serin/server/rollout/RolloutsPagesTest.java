package dev.serin.server.rollout;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.serin.server.TestClock;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("The list of rollouts")
class RolloutsPagesTest {

    /// Names that were said, as the cookie holds them.
    private static final String MIRA = "TWlyYQ";

    private static final String ADA = "QWRh";

    @Inject Server server;
    @Inject AgroalDataSource database;
    @Inject LatelyEnded lately;
    @Inject TestClock clock;

    @Test
    @DisplayName("puts what waits for a person on top, with its question")
    void waitsOnTop() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        server.toGate(id);
        var page = list("?route=" + route).extract().asString();
        assertThat(page)
                .contains("One rollout waits for you, nothing else is under way.")
                .contains("Waiting for you")
                .contains("Go to 100 %?")
                .contains("/rollouts/%s#gate".formatted(id));
        assertThat(page.indexOf("Waiting for you")).isLessThan(page.indexOf("Active"));
    }

    @Test
    @DisplayName("puts a gate that its reader may not approve below what waits for them")
    void othersWaitBelow() {
        var route = Server.newRoute();
        var plan = Server.plan(route) + "approvals: {count: 1, notBy: starter}\n";
        String id =
                Server.yaml()
                        .cookie("serin-name", MIRA)
                        .body(plan)
                        .post("/api/v1/rollouts")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        server.toGate(id);
        for (var target : List.of("", "live")) {
            var hers = listOf(MIRA, route, target);
            assertThat(hers)
                    .contains("One rollout waits for somebody else, nothing else is under way.")
                    .contains("Waiting for others")
                    .doesNotContain("Waiting for you");
            assertThat(listOf(ADA, route, target))
                    .contains("One rollout waits for you, nothing else is under way.")
                    .doesNotContain("Waiting for others");
        }
    }

    private static String listOf(String name, String route, String target) {
        return given().cookie("serin-name", name)
                .header("HX-Target", target)
                .get("/?route=" + route)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    @Test
    @DisplayName("leaves out none that waits for a person, and says how many others it leaves out")
    void leavesNoneThatWaitsOut() throws SQLException {
        var route = Server.newRoute();
        var team = route + "-team";
        var id = server.started("team: " + team + "\n" + Server.plan(route));
        server.toGate(id);
        var busy = Server.newRoute();
        var moving = server.started("team: " + team + "\n" + Server.plan(busy));
        onRoutes(busy, 203, moving);
        try {
            var page = list("?team=" + team).extract().asString();
            assertThat(page)
                    .contains("One rollout waits for you, 204 are on their way.")
                    .contains("/rollouts/%s#gate".formatted(id))
                    .contains("4 more are under way and not shown: filter to see them.");
            given().get("/teams/" + team)
                    .then()
                    .body(containsString("one rollout waits for a person, 204 rollouts are on"))
                    .body(containsString("/rollouts/%s#gate".formatted(id)));
        } finally {
            offRoutes(busy);
        }
        list("?team=" + team).body(not(containsString("not shown")));
    }

    /// The same rollout on so many other routes, where nothing looks at it.
    private void onRoutes(String route, int many, String id) throws SQLException {
        execute(
                """
                insert into route (name, model, since, team)
                select '%1$s-' || i, model, since, team
                from route, generate_series(1, %2$d) as i where name = '%1$s'\
                """
                        .formatted(route, many));
        execute(
                """
                insert into rollout select (c).* from (
                  select jsonb_populate_record(r, jsonb_build_object(
                    'id', gen_random_uuid(), 'route', '%1$s-' || i, 'due_at', null)) as c
                  from rollout r, generate_series(1, %2$d) as i where r.id = '%3$s') as copied\
                """
                        .formatted(route, many, id));
    }

    private void offRoutes(String route) throws SQLException {
        execute(
                "delete from rollout_words w using rollout r where r.id = w.rollout and r.route like '%s-%%'"
                        .formatted(route));
        execute("delete from rollout where route like '%s-%%'".formatted(route));
        execute("delete from route where name like '%s-%%'".formatted(route));
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    @DisplayName("shows what belongs to no team where everybody is asked for")
    void ofNoTeam() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        list("?team=everybody&route=" + route).body(containsString(id));
        given().get("/api/v1/rollouts?team=everybody&route=" + route)
                .then()
                .body("id", is(List.of(id)));
        var theirs = Server.newRoute();
        var other = server.started("team: %s-team\n".formatted(theirs) + Server.plan(theirs));
        list("?team=everybody&route=" + theirs).body(not(containsString(other)));
    }

    @Test
    @DisplayName("tells of each in a line what it is doing, or why it ended")
    void tellsInALine() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        server.calls(id, "candidate", 0, 60);
        server.pass(Duration.ofSeconds(1));
        list("?route=" + route)
                .body(
                        allOf(
                                containsString("rolled back: errors 100 %"),
                                containsString("60<"),
                                containsString("<small>60 bad"),
                                containsString("None that match this filter are under way.")));
    }

    @Test
    @DisplayName("says so when none matches, though others are under way")
    void saysThatNoneMatches() {
        server.started(Server.plan(Server.newRoute()));
        list("?text=nowhere-to-be-found").body(containsString("No rollout matches this filter."));
    }

    @Test
    @DisplayName("is filtered by route, state and text, all in its address")
    void filters() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        var other = server.started(Server.plan(Server.newRoute()));
        list("?route=" + route).body(allOf(containsString(id), not(containsString(other))));
        list("?text=" + route).body(allOf(containsString(id), not(containsString(other))));
        list("?text=%25").body(not(containsString(id)));
        list("?route=" + route + "&phase=paused").body(not(containsString(id)));
        list("?route=" + route + "&phase=observing").body(containsString(id));
        list("?route=" + route + "&phase=nonsense&before=nonsense").body(containsString(id));
        list("?text=%3Cscript%3E").body(not(containsString("<script>\"")));
    }

    @Test
    @DisplayName("is filtered by outcome and team, which its address holds and its fields show")
    void filtersByOutcomeAndTeam() {
        var route = Server.newRoute();
        var id = server.started("team: " + route + "-team\n" + Server.plan(route));
        server.calls(id, "candidate", 0, 60);
        server.pass(Duration.ofSeconds(1));
        list("?team=" + route + "-team&outcome=breached")
                .body(
                        allOf(
                                containsString(id),
                                containsString("<option value=\"breached\" selected>"),
                                containsString(
                                        "<option value=\"%s-team\" selected>".formatted(route)),
                                containsString(
                                        "hx-get=\"/?outcome=breached&amp;team=%s-team\""
                                                .formatted(route))));
        list("?route=" + route + "&phase=rolled-back").body(containsString(id));
        for (var other : List.of("promoted", "exposure", "by-hand", "rejected")) {
            list("?route=%s&outcome=%s".formatted(route, other)).body(not(containsString(id)));
        }
        list("?route=%s&team=nobody".formatted(route)).body(not(containsString(id)));
        list("?text=%s-TEAM".formatted(route.toUpperCase(Locale.ROOT))).body(containsString(id));
    }

    @Test
    @DisplayName("says so where a filter matches nothing, with the filter still in its fields")
    void matchesNothing() {
        var id = server.started(Server.plan(Server.newRoute()));
        list("?team=nobody&route=nowhere")
                .body(
                        allOf(
                                containsString("No rollout matches this filter"),
                                containsString("<option value=\"nobody\" selected>"),
                                containsString("<option value=\"nowhere\" selected>"),
                                containsString("show all rollouts"),
                                not(containsString(id)),
                                not(containsString("Compare the ticked"))));
    }

    @Test
    @DisplayName("counts no simulated and no replayed upgrade in its line of 90 days")
    void countsWhatMetPeople() throws SQLException {
        var id = server.started(Server.plan(Server.newRoute()));
        server.say(id, "rollback", "{\"version\": 1}").statusCode(200);
        int before = upgrades();
        copies(id, "'{\"simulated\": true}'");
        copies(id, "'{\"replay_of\": \"a file\"}'");
        copies(id, "jsonb_build_object('linked_to', r.id)");
        assertThat(upgrades()).isEqualTo(before);
        copies(id, "'{}'");
        assertThat(upgrades()).isEqualTo(before + 1);
    }

    @Test
    @DisplayName(
            "counts as waited what a gate waits for a second approval, as the rollout's page does")
    void countsTheSecondApproval() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route) + "approvals: {count: 2}\n");
        server.toGate(id);
        server.pass(Duration.ofMinutes(10));
        approve(id, ADA);
        server.pass(Duration.ofMinutes(20));
        approve(id, MIRA);

        assertThat(server.phase(id)).isEqualTo("complete");
        assertThat(lately.sentence(clock.instant(), route::equals))
                .contains("of which 30 min waiting for people");
        given().get("/rollouts/" + id)
                .then()
                .body(containsString("30 min of it waiting for people"));
    }

    private void approve(String id, String name) {
        given().cookie("serin-name", name)
                .contentType("application/json")
                .body("{\"version\": %d}".formatted(server.version(id)))
                .post("/api/v1/rollouts/" + id + "/approve")
                .then()
                .statusCode(200);
    }

    private static int upgrades() {
        var found =
                Pattern.compile("90 days: ([0-9,]+) upgrade")
                        .matcher(list("").extract().asString());
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(1).replace(",", ""));
    }

    /// Once more the same rollout, but for what the JSON says.
    private void copies(String id, String but) throws SQLException {
        execute(
                """
                insert into rollout select (c).* from (
                  select jsonb_populate_record(r,
                    jsonb_build_object('id', gen_random_uuid()) || %s) as c
                  from rollout r where r.id = '%s') as copied\
                """
                        .formatted(but, id));
    }

    @Test
    @DisplayName("is whole for a browser, and only its live part for htmx")
    void wholeOrLive() {
        list("").header("Vary", containsString("HX-Target")).body(startsWith("<!DOCTYPE html>"));
        given().header("HX-Target", "live")
                .get("/")
                .then()
                .statusCode(200)
                .body(allOf(containsString("id=\"live\""), not(containsString("<html"))));
    }

    private static ValidatableResponse list(String query) {
        return given().urlEncodingEnabled(false).get("/" + query).then().statusCode(200);
    }
}
