package dev.serin.server.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.serin.server.access.Happened;
import dev.serin.server.rollout.Server;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("The audit")
class AuditTest {

    @Inject Server server;
    @Inject Audit audit;
    @Inject Event<Happened> happened;
    @Inject AgroalDataSource database;

    @Test
    @DisplayName("says of each command who, from where, what, and what it was before and after")
    void tellsOfCommands() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        say(id, "pause", "a look at the logs");
        say(id, "resume", "");
        server.toGate(id);
        say(id, "approve", "well done");
        deeds("?route=" + route)
                .body("what", equalTo(List.of("approve", "resume", "pause", "start")))
                .body("rollout", equalTo(List.of(id, id, id, id)))
                .body("[0].who", is("Mira"))
                .body("[0].proven", is(false))
                .body("[0].from", is("127.0.0.1"))
                .body("[0].comment", is("well done"))
                .body("[0].refused", nullValue())
                .body("[0].before", containsString("gate of 25% ramp open, 0 approved"))
                .body("[0].after", containsString("promoted in full, the candidate gets 100 %"))
                .body("[2].before", is("version 1, observing 5% canary, the candidate gets 5 %"))
                .body("[2].after", is("version 2, paused in 5% canary, the candidate gets 5 %"))
                .body("[3].before", is("openai/gpt-3.5-turbo serves"))
                .body("[3].after", containsString("openai/gpt-4: version 1, observing"))
                .body("[3].at", notNullValue());
    }

    @Test
    @DisplayName("tells of rejecting, finishing early, rolling back and the way back")
    void tellsOfTheOthers() {
        var route = Server.newRoute();
        var rejected = server.started(Server.plan(route));
        server.toGate(rejected);
        say(rejected, "reject", "too slow");
        var done = server.started(Server.plan(route));
        server.toGate(done);
        say(done, "approve", "");
        given().contentType("application/json")
                .body("{\"comment\": \"it sings\"}")
                .post("/api/v1/routes/" + route + "/restore")
                .then()
                .statusCode(201);
        var rolledBack = server.started(Server.plan(route).replace("5% canary", "first"));
        server.pass(Duration.ofSeconds(2));
        server.calls(rolledBack, "candidate", 200, 0);
        server.calls(rolledBack, "baseline", 200, 0);
        say(rolledBack, "promote", "");
        say(rolledBack, "rollback", "");
        deeds("?route=" + route)
                .body(
                        "what",
                        equalTo(
                                List.of(
                                        "rollback",
                                        "promote",
                                        "start",
                                        "restore",
                                        "approve",
                                        "start",
                                        "reject",
                                        "start")))
                .body("[0].after", containsString("rolled back in 25% ramp"))
                .body("[3].comment", is("it sings"))
                .body("[3].before", is("openai/gpt-4 serves"))
                .body("[6].after", containsString("the candidate gets 0 %"));
    }

    @Test
    @DisplayName("tells of what was refused, and why, and that nothing changed")
    void tellsOfRefusals() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        server.say(id, "approve", "{\"version\": 1}").statusCode(409);
        server.say(id, "pause", "{\"version\": 7}").statusCode(409);
        server.post(Server.plan(route)).statusCode(409);
        deeds("?route=" + route)
                .body("what", equalTo(List.of("start", "pause", "approve", "start")))
                .body("[0].refused", is("another rollout is under way on the route"))
                .body("[0].rollout", nullValue())
                .body("[1].refused", containsString("old page"))
                .body("[2].refused", is("no gate is open"))
                .body("[2].after", is("version 1, observing 5% canary, the candidate gets 5 %"))
                .body("[3].refused", nullValue());
    }

    @Test
    @DisplayName("is silent about what Serin does by itself: that is in the journal")
    void isOfPeople() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        server.calls(id, "candidate", 0, 60);
        server.pass(Duration.ofSeconds(1));
        assertThat(server.phase(id)).isEqualTo("rolledBack");
        deeds("?route=" + route).body("what", equalTo(List.of("start")));
    }

    @Test
    @DisplayName("is written in the transaction of the deed, or not at all")
    void isOneWithTheDeed() {
        var who = "rolled-back-" + UUID.randomUUID();
        var transaction = QuarkusTransaction.requiringNew();
        assertThatThrownBy(() ->
                        transaction.run(() -> {
                            audit.write(deed(who, Deed.About.NOTHING));
                            QuarkusTransaction.setRollbackOnly();
                        }))
                .isInstanceOf(QuarkusTransactionException.class);
        deeds("?who=" + who).body("$", hasSize(0));
    }

    @Test
    @DisplayName("is never changed: the database refuses update, delete and truncate")
    void isAppendOnly() {
        audit.write(deed("somebody", Deed.About.NOTHING));
        for (var sql :
                List.of(
                        "update audit set who = 'eve'",
                        "update audit set who = 'eve' where false",
                        "delete from audit",
                        "truncate audit")) {
            assertThatThrownBy(() -> execute(sql))
                    .as(sql)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("only ever appended to");
        }
    }

    @Test
    @DisplayName("takes what happened to accounts, proven only where it was not refused")
    void takesHappenings() {
        var who = "ada-" + UUID.randomUUID();
        happen(who, Happened.What.SIGN_IN_REFUSED);
        happen(who, Happened.What.SIGNED_IN);
        happen(who, Happened.What.SIGNED_OUT);
        deeds("?who=" + who)
                .body("what", equalTo(List.of("signedOut", "signedIn", "signInRefused")))
                .body("proven", equalTo(List.of(true, true, false)))
                .body("[0].at", is("2026-01-02T03:04:05Z"))
                .body("[1].from", is("10.0.0.7"))
                .body("[1].refused", nullValue())
                .body("[2].refused", notNullValue());
        page("?who=" + who).body(allOf(containsString("signed out"), containsString("10.0.0.7")));
    }

    private void happen(String who, Happened.What what) {
        happened.fire(
                new Happened(
                        Instant.parse("2026-01-02T03:04:05Z"), who, "10.0.0.7", what, null, null));
    }

    @Test
    @DisplayName("is filtered and paged, and a name is found by how it begins")
    void filters() {
        var route = "audit-" + UUID.randomUUID();
        var name = "Zo%_" + UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            audit.write(deed(name, new Deed.About(route, null, null)));
        }
        audit.write(deed("Zoxx" + name, new Deed.About(route, null, null)));
        deeds("?limit=2&route=" + route).body("$", hasSize(2));
        int last = deeds("?limit=2&route=" + route).extract().path("[1].id");
        deeds("?limit=2&route=" + route + "&before=" + last).body("$", hasSize(2));
        given().queryParam("who", "zo%_")
                .queryParam("route", route)
                .get("/api/v1/audit")
                .then()
                .body("$", hasSize(3))
                .body("[0].who", is(name));
        deeds("?what=froze&route=" + route).body("$", hasSize(0));
        for (var wrong : List.of("limit=0", "limit=1001", "before=x", "format=csv")) {
            given().get("/api/v1/audit?" + wrong)
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("field", is(wrong.substring(0, wrong.indexOf('='))));
        }
    }

    @Test
    @DisplayName("is exported as NDJSON, whole, a page at a time from the database")
    void exports() {
        var route = "audit-" + UUID.randomUUID();
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    for (int i = 0; i < 1_203; i++) {
                        audit.write(deed("many", new Deed.About(route, null, null)));
                    }
                });
        var byHeader =
                given().accept("application/x-ndjson")
                        .get("/api/v1/audit?route=" + route)
                        .then()
                        .statusCode(200)
                        .contentType("application/x-ndjson")
                        .extract()
                        .asString();
        assertThat(byHeader.lines()).hasSize(1_203).doesNotHaveDuplicates();
        assertThat(byHeader.lines())
                .allMatch(line -> line.startsWith("{\"id\":") && line.endsWith("}"));
        var byParameter =
                given().get("/api/v1/audit?format=ndjson&limit=501&route=" + route).asString();
        assertThat(byParameter.lines()).hasSize(501);
    }

    @Test
    @DisplayName("is a page that says who was last, keeps its filter and escapes what people typed")
    void isAPage() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        say(id, "pause", "<script>alert(1)</script>");
        page("?route=" + route + "&what=pause")
                .body(
                        allOf(
                                containsString("Mira paused on " + route + " last."),
                                containsString("/rollouts/" + id),
                                containsString("(said)"),
                                containsString("<option value=\"pause\" selected>"),
                                containsString("value=\"" + route + "\""),
                                containsString("&lt;script&gt;"),
                                not(containsString("<script>alert")),
                                containsString(
                                        "/api/v1/audit?what=pause&amp;route="
                                                + route
                                                + "&amp;format=ndjson")));
        page("?who=nobody-of-this-name").body(containsString("Nothing matches"));
        given().header("HX-Target", "live")
                .get("/audit?route=" + route)
                .then()
                .body(not(containsString("<html")))
                .body(containsString("id=\"live\""));
    }

    private static Deed deed(String by, Deed.About about) {
        return new Deed(
                Instant.parse("2026-01-02T03:04:05Z"), by, "test", about, "", null, null, null);
    }

    private void say(String id, String verb, String comment) {
        given().cookie("serin-name", "TWlyYQ")
                .contentType("application/json")
                .body(
                        "{\"version\": %d, \"comment\": \"%s\"}"
                                .formatted(server.version(id), comment))
                .post("/api/v1/rollouts/" + id + "/" + verb)
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse deeds(String query) {
        return given().get("/api/v1/audit" + query).then().statusCode(200);
    }

    private static ValidatableResponse page(String query) {
        return given().get("/audit" + query).then().statusCode(200).contentType("text/html");
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
