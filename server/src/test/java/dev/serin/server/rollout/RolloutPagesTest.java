package dev.serin.server.rollout;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("The page of a rollout")
class RolloutPagesTest {

    @Inject Server server;

    @Test
    @DisplayName("has no button to approve for who started it where the plan says notBy: starter")
    void barsTheStarter() {
        var plan = Server.plan(Server.newRoute()) + "approvals: {count: 2, notBy: starter}\n";
        String id =
                Server.yaml()
                        .cookie("serin-name", "TWlyYQ")
                        .body(plan)
                        .post("/api/v1/rollouts")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        server.toGate(id);
        for (var target : List.of("", "live")) {
            // Whoever asks first must not decide what the other is shown.
            for (int i = 0; i < 2; i++) {
                assertThat(gateOf(id, "TWlyYQ", target))
                        .contains(
                                "You started this rollout, and its plan asks for another approver.")
                        .contains("id=\"gate-reject\"")
                        .doesNotContain("id=\"gate-approve\"");
                assertThat(gateOf(id, "QWRh", target))
                        .contains("id=\"gate-approve\"")
                        .doesNotContain("You started this rollout");
            }
        }
        given().cookie("serin-name", "QWRh")
                .contentType("application/json")
                .body("{\"version\": %d}".formatted(server.version(id)))
                .post("/api/v1/rollouts/" + id + "/approve")
                .then()
                .statusCode(200);
        assertThat(gateOf(id, "QWRh", ""))
                .contains("You have approved already; it takes another person.")
                .doesNotContain("id=\"gate-approve\"");
    }

    private static String gateOf(String id, String name, String target) {
        return given().cookie("serin-name", name)
                .header("HX-Target", target)
                .get("/rollouts/" + id)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    @Test
    @DisplayName("says what it waits for, and what may be done about it")
    void observes() {
        var id = server.started(Server.plan(Server.newRoute()));
        server.calls(id, "candidate", 30, 1);
        server.pass(Duration.ofSeconds(1));
        page(id).body(
                        allOf(
                                startsWith("<!DOCTYPE html>"),
                                containsString("<title>Observing: "),
                                containsString("Waiting for evidence on errors: 31 of about "),
                                containsString("3.2 % of 31"),
                                containsString("Go to 25 % now"),
                                containsString("Pause at 5 %"),
                                containsString("Roll back to openai/gpt-3.5-turbo"),
                                containsString("value=\"error_rate &gt;= 0.1\""),
                                not(containsString("id=\"gate\""))));
    }

    @Test
    @DisplayName("shows how a first call comes to it while it knows of none")
    void showsAFirstCall() {
        var id = server.started(Server.plan(Server.newRoute()));
        page(id).body(
                        containsString("/api/v1/rollouts/%s/observations".formatted(id)),
                        containsString("&quot;arm&quot;: &quot;candidate&quot;"));
        server.calls(id, "candidate", 30, 1);
        server.pass(Duration.ofSeconds(1));
        page(id).body(not(containsString("SERIN_SERVER")));

        var alone = server.started(Server.measuring(Server.newRoute()));
        page(alone).body(containsString("&quot;arm&quot;: &quot;baseline&quot;"));
    }

    @Test
    @DisplayName("shows gain and price at the gate, with their intervals and calls")
    void asksAtTheGate() {
        var id = atGate();
        page(id).body(
                        allOf(
                                containsString("<title>Waiting: "),
                                containsString(
                                        "25 % is passed, its one condition is met after 200 calls"),
                                containsString("Go to 100 %?"),
                                containsString("Approve: go to 100 %"),
                                containsString("Reject: back to openai/gpt-3.5-turbo"),
                                containsString("200 and 200 calls")));
    }

    @Test
    @DisplayName("is whole for a browser, and only its live part for htmx")
    void wholeOrLive() {
        var id = server.started(Server.plan(Server.newRoute()));
        page(id).header("Vary", containsString("HX-Target")).body(containsString("<html"));
        given().header("HX-Target", "live")
                .get("/rollouts/" + id)
                .then()
                .statusCode(200)
                .header("Vary", containsString("HX-Target"))
                .body(allOf(containsString("id=\"live\""), not(containsString("<html"))));
    }

    @Test
    @DisplayName("is brought up to date at the entries of the journal that are read")
    void staysAtOlderEntries() {
        var id = server.started(Server.plan(Server.newRoute()));
        page(id).body(containsString("hx-get=\"/rollouts/%s\"".formatted(id)));
        given().get("/rollouts/%s?before=7".formatted(id))
                .then()
                .statusCode(200)
                .body(containsString("hx-get=\"/rollouts/%s?before=7\"".formatted(id)));
    }

    @Test
    @DisplayName("passes the gate by a plain form, and the journal says who and why")
    void approves() {
        var id = atGate();
        post(id, "approve", server.version(id), "numbers <b>look</b> good", "Mira")
                .statusCode(303)
                .header("Location", containsString("/rollouts/" + id));
        server.get(id).body("phase", is("complete"));
        page(id).body(
                        allOf(
                                containsString("<title>Promoted: "),
                                containsString("Approved: go to 100 %."),
                                containsString("Mira (said)"),
                                containsString("numbers &lt;b&gt;look&lt;/b&gt; good"),
                                containsString("Put openai/gpt-3.5-turbo back"),
                                not(containsString("<b>look"))));
    }

    @Test
    @DisplayName("rejects with a ready reason")
    void rejects() {
        var id = atGate();
        given().redirects()
                .follow(false)
                .formParam("version", server.version(id))
                .formParam("reason", "It costs too much")
                .formParam("name", "Mira")
                .post("/rollouts/" + id + "/reject")
                .then()
                .statusCode(303);
        page(id).body(
                        allOf(
                                containsString("<title>Rolled back: "),
                                containsString("Mira (said) rejected it: It costs too much.")));
    }

    @Test
    @DisplayName("tells the second of two who press at once that it is already done, and by whom")
    void tellsTheSecond() throws Exception {
        var id = atGate();
        var version = server.version(id);
        var together = new CyclicBarrier(2);
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Response> mira = () -> press(together, id, version, "Mira");
            Callable<Response> ola = () -> press(together, id, version, "Ola");
            var notes =
                    people.invokeAll(List.of(mira, ola)).stream()
                            .map(answer -> note(answer.resultNow()))
                            .toList();
            assertThat(notes).containsOnlyOnce("");
            assertThat(String.join("", notes))
                    .contains("Nothing was changed, because the page was old: already approved by ")
                    .containsPattern("approved by (Mira|Ola) \\(said\\)");
        }
        server.get(id).body("phase", is("complete"));
        assertThat(page(id).extract().asString().split("Approved: go to 100 %", -1)).hasSize(2);
    }

    @Test
    @DisplayName("says once why something was refused")
    void saysWhyRefused() {
        var id = server.started(Server.plan(Server.newRoute()));
        var answer = press(id, "resume", server.version(id), "", "Mira");
        given().cookie("serin-note", answer.cookie("serin-note"))
                .get("/rollouts/" + id)
                .then()
                .statusCode(200)
                .header("Set-Cookie", containsString("serin-note=;"))
                .body(containsString("Nothing was changed: the rollout is not paused."));
        page(id).body(not(containsString("Nothing was changed")));
    }

    @Test
    @DisplayName("keeps the comment of a decision that was refused, once")
    void keepsTheComment() {
        var id = server.started(Server.plan(Server.newRoute()));
        var typed = "Users of \u6A21 say:\n<it> is fine";
        for (var name : List.of("Mira", "")) {
            var answer = press(id, "resume", server.version(id), typed, name);
            given().cookie("serin-note", answer.cookie("serin-note"))
                    .get("/rollouts/" + id)
                    .then()
                    .statusCode(200)
                    .body(containsString("\u6A21 say:\n&lt;it&gt; is fine</textarea>"));
        }
        page(id).body(not(containsString("is fine")));
    }

    @Test
    @DisplayName("asks for a name before anybody decides, and changes nothing without one")
    void asksForAName() {
        var id = server.started(Server.plan(Server.newRoute()));
        page(id).body(containsString("Your name"));
        press(id, "pause", server.version(id), "", "")
                .then()
                .statusCode(303)
                .header("Location", containsString("/name?next=/rollouts/" + id));
        server.get(id).body("phase", is("observing"));
    }

    @Test
    @DisplayName("pauses, goes on, and rolls back, each with its own words")
    void pausesAndRollsBack() {
        var id = server.started(Server.plan(Server.newRoute()));
        post(id, "pause", server.version(id), "lunch", "Mira").statusCode(303);
        page(id).body(
                        allOf(
                                containsString("<title>Paused: "),
                                containsString("Go on at 5 %"),
                                containsString("lunch")));
        post(id, "resume", server.version(id), "", "Mira").statusCode(303);
        post(id, "rollback", server.version(id), "users complain", "Mira").statusCode(303);
        page(id).body(
                        allOf(
                                containsString("Mira (said) rolled it back: users complain."),
                                not(containsString("Pause at"))));
    }

    @Test
    @DisplayName("escapes names that try to be markup")
    void escapes() {
        var id =
                server.started(
                        Server.plan(Server.newRoute())
                                .replace("openai/gpt-4", "'<img src=x onerror=alert(1)>'")
                                .replace("5% canary", "'<script>alert(2)</script>'"));
        page(id).body(
                        allOf(
                                containsString("&lt;img src=x"),
                                not(containsString("<img src=x")),
                                not(containsString("<script>alert"))));
    }

    @Test
    @DisplayName("names the newest bad calls with their class and the way to their trace")
    void namesBadCalls() {
        var id =
                server.started(
                        Server.plan(Server.newRoute())
                                + "links: { trace: 'https://traces.example/{traceId}' }\n");
        server.observe(
                        id,
                        """
                        [{"id": "bad-1", "arm": "candidate", "error": true, "errorClass": "timeout",
                          "traceId": "a b/c"}]\
                        """)
                .statusCode(200);
        server.pass(Duration.ofSeconds(1));
        page(id).body(
                        allOf(
                                containsString("bad-1"),
                                containsString("timeout"),
                                containsString("https://traces.example/a+b%2Fc")));
    }

    @Test
    @DisplayName("names bad calls of each arm, and of the candidate alone those who have met it")
    void namesBadCallsOfEachArm() {
        var id = server.started(Server.plan(Server.newRoute()));
        server.observe(
                        id,
                        """
                        [{"id": "few-1", "arm": "candidate", "error": true}]\
                        """)
                .statusCode(200);
        server.pass(Duration.ofSeconds(2));
        server.calls(id, "baseline", 0, 25);
        server.pass(Duration.ofSeconds(1));

        var page = page(id).extract().asString();
        assertThat(badCalls(page, "bad-c1")).hasSize(21).first().asString().contains("few-1");
        assertThat(badCalls(page, "newest"))
                .singleElement()
                .asString()
                .contains("few-1", "<td>candidate</td>");
    }

    @Test
    @DisplayName("leads to all its bad calls, page by page, for any condition and either arm")
    void listsAllBadCalls() {
        var id = server.started(Server.plan(Server.newRoute()) + "  - p95_latency_ms >= 5000\n");
        server.observe(
                        id,
                        """
                        [{"id": "slow-1", "arm": "candidate", "latencyMs": 7000}]\
                        """)
                .statusCode(200);
        server.pass(Duration.ofSeconds(2));
        server.calls(id, "candidate", 5, 399);
        server.pass(Duration.ofSeconds(1));
        page(id).body(
                        allOf(
                                containsString("All bad calls of the candidate"),
                                containsString("calls?arm=candidate&amp;condition=1"),
                                containsString("calls?arm=candidate&amp;condition=2"),
                                not(containsString("slow-1"))));

        var list = "/rollouts/" + id + "/calls";
        var seen = new ArrayList<String>();
        var address = list + "?arm=candidate";
        while (!address.isEmpty()) {
            var page = given().urlEncodingEnabled(false).get(address).then().statusCode(200);
            var text = page.extract().asString();
            assertThat(text)
                    .contains(
                            "<h1>Bad calls of the candidate</h1>",
                            "399 of 405 calls counted as bad.");
            text.lines().filter(line -> line.startsWith("<tr><td>")).forEach(seen::add);
            var older = Pattern.compile("href=\"([^\"]+)\">Older calls").matcher(text);
            address = older.find() ? older.group(1).replace("&amp;", "&") : "";
        }
        assertThat(seen).hasSize(399).doesNotHaveDuplicates();
        assertThat(seen).noneMatch(line -> line.contains("slow-1"));
        given().get(list + "?condition=2")
                .then()
                .body(
                        allOf(
                                containsString("Bad calls of the candidate for p95_latency_ms"),
                                containsString("1 of "),
                                containsString("slow-1")));
        given().get(list + "?arm=baseline").then().body(containsString("There are none here."));
        for (var wrong :
                List.of(
                        "arm=both",
                        "condition=3",
                        "before=yesterday",
                        "before=%2B300000-01-01T00:00:00Z,x")) {
            given().urlEncodingEnabled(false).get(list + "?" + wrong).then().statusCode(400);
        }
        given().get("/rollouts/" + UUID.randomUUID() + "/calls").then().statusCode(404);
    }

    /// The rows of the list that unfolds.
    private static List<String> badCalls(String page, String list) {
        var from = page.indexOf("<details id=\"%s\">".formatted(list));
        var table = page.substring(from, page.indexOf("</details>", from));
        return table.lines().filter(line -> line.startsWith("<tr><td>")).toList();
    }

    @Test
    @DisplayName("shows what an upgrade may cost at all beside what it has cost")
    void exposure() {
        var id =
                server.started(
                        Server.plan(Server.newRoute())
                                + "exposure: { badCalls: 1500, usd: 12.5 }\n");
        page(id).body(
                        allOf(
                                containsString("of 1,500 allowed"),
                                containsString("of $12.50 allowed")));
        server.calls(id, "candidate", 10, 1);
        page(id).body(containsString("$0.010 a call, of $12.50 allowed"));
    }

    @Test
    @DisplayName("puts the model before back by one press")
    void restores() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        server.toGate(id);
        post(id, "approve", server.version(id), "", "Mira").statusCode(303);
        var back =
                given().redirects()
                        .follow(false)
                        .formParam("rollout", id)
                        .formParam("name", "Mira")
                        .post("/routes/" + route + "/restore")
                        .then()
                        .statusCode(303)
                        .extract()
                        .header("Location");
        assertThat(back).doesNotContain(id);
        given().get(back).then().statusCode(200).body(containsString("Promoted: " + route));
        page(id).body(not(containsString("Put openai/gpt-3.5-turbo back")));
    }

    @Test
    @DisplayName("whose candidate serves offers to stop what is under way on its route by now")
    void stopsWhatIsUnderWay() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route));
        server.toGate(id);
        post(id, "approve", server.version(id), "", "Mira").statusCode(303);
        page(id).body(containsString("Put openai/gpt-3.5-turbo back"));
        var next =
                server.started(
                        Server.plan(route)
                                .replace("gpt-4", "gpt-5")
                                .replace("gpt-3.5-turbo", "gpt-4"));
        page(id).body(
                        allOf(
                                containsString("Roll back to openai/gpt-4"),
                                containsString("name=\"undo\" value=\"" + next),
                                not(containsString("Put openai/gpt-3.5-turbo back"))));
    }

    @Test
    @DisplayName("does not exist for an unknown id: a page for people, a problem for programs")
    void unknown() {
        given().accept("text/html")
                .get("/rollouts/" + UUID.randomUUID())
                .then()
                .statusCode(404)
                .body(
                        allOf(
                                startsWith("<!DOCTYPE html>"),
                                containsString("There is no such rollout")));
        given().accept("text/html").get("/rollouts/nonsense").then().statusCode(404);
        given().accept("text/html")
                .formParam("version", 1)
                .formParam("name", "Mira")
                .post("/rollouts/" + UUID.randomUUID() + "/explode")
                .then()
                .statusCode(404);
    }

    private String atGate() {
        var id = server.started(Server.plan(Server.newRoute()));
        server.toGate(id);
        server.get(id).body("phase", is("awaitingApproval"));
        return id;
    }

    private static ValidatableResponse page(String id) {
        return given().get("/rollouts/" + id).then().statusCode(200);
    }

    private static ValidatableResponse post(
            String id, String verb, int version, String comment, String name) {
        return press(id, verb, version, comment, name).then();
    }

    private static Response press(
            String id, String verb, int version, String comment, String name) {
        return given().redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParam("version", version)
                .formParam("comment", comment)
                .formParam("name", name)
                .post("/rollouts/" + id + "/" + verb);
    }

    private static Response press(CyclicBarrier together, String id, int version, String name)
            throws Exception {
        together.await();
        return press(id, "approve", version, "", name);
    }

    private static String note(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(303);
        var cookie = answer.cookie("serin-note");
        return cookie == null ? "" : new String(Base64.getUrlDecoder().decode(cookie));
    }
}
