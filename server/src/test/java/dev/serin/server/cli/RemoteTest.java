package dev.serin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.server.TestClock;
import dev.serin.server.rollout.Server;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@DisplayName("The command line against a server")
class RemoteTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject Server server;
    @Inject TestClock clock;
    @TempDir Path dir;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @Test
    @DisplayName("carries a pipeline from apply to its exit code, past a gate")
    void carriesAPipeline() throws Exception {
        var plan = plan(Server.newRoute());
        var id = applied(plan);
        assertThat(run("wait", id, "--timeout", "0.05s")).isEqualTo(3);

        server.toGate(id);
        var junit = dir.resolve("junit.xml");
        assertThat(run("wait", id, "--until-gate", "--junit", junit.toString())).isEqualTo(4);
        assertThat(out.toString()).contains("waits at its gate").contains("approve: go to 100 %");
        var suite = suite(junit);
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getAttribute("failures")).isEqualTo("0");
        assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(3);

        assertThat(run("approve", id, "--comment", "looks good", "--as", "Mira")).isZero();
        var summary = dir.resolve("summary.md");
        assertThat(run("wait", id, "--json", "--summary", summary.toString())).isZero();
        assertThat(json().path("outcome").path("kind").asText()).isEqualTo("promoted");
        assertThat(summary).content().contains(": promoted").contains("| 25% ramp |");
        RestAssured.get("/api/v1/rollouts/" + id + "/journal")
                .then()
                .body("find { it.kind == 'approved' }.by", org.hamcrest.Matchers.is("Mira (said)"));
    }

    @Test
    @DisplayName("starts a plan once, however often it is applied, also after it has ended")
    void appliesOnce() throws Exception {
        var plan = plan(Server.newRoute());
        assertThat(run("apply", plan.toString(), "--dry-run")).isZero();
        assertThat(out.toString()).contains("+ ").contains("starts openai/gpt-3.5-turbo");
        var id = applied(plan);

        assertThat(run("apply", plan.toString())).isZero();
        assertThat(out.toString()).startsWith("= ").contains("runs already").contains(id);

        assertThat(run("rollback", id)).isZero();
        assertThat(run("apply", plan.toString())).isZero();
        assertThat(out.toString()).contains("this plan was rolled back").contains("--again");
        assertThat(run("apply", plan.toString(), "--again", "--json")).isZero();
        assertThat(json().at("/plans/0/rollout/id").asText()).isNotEqualTo(id);
    }

    @Test
    @DisplayName("leaves alone what runs by another plan, and says in what it differs")
    void leavesOthersAlone() throws Exception {
        var route = Server.newRoute();
        var id = applied(plan(route));
        var other = dir.resolve("other.yaml");
        Files.writeString(
                other, Server.plan(route).replace("error_rate >= 10%", "error_rate >= 9%"));
        assertThat(run("apply", other.toString())).isEqualTo(1);
        assertThat(out.toString()).startsWith("! ").contains("(other rollback)").contains(id);
        assertThat(server.version(id)).isEqualTo(1);
    }

    @Test
    @DisplayName("starts nothing of a directory in which one plan is none, and names line and mend")
    void readsTheWholeDirectoryFirst() throws Exception {
        var route = Server.newRoute();
        plan(route);
        var broken = dir.resolve("broken.yaml");
        Files.writeString(
                broken, Server.plan(Server.newRoute()).replace("share: 25%", "share: 125%"));
        assertThat(run("apply", dir.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("broken.yaml:6:").contains("steps[1].share");
        RestAssured.get("/api/v1/rollouts?route=" + route)
                .then()
                .body("size()", org.hamcrest.Matchers.is(0));

        Files.delete(broken);
        assertThat(run("apply", dir.toString())).isZero();
        assertThat(out.toString()).contains("+ " + route + ": started");
    }

    @Test
    @DisplayName("goes on waiting while the line to the server is cut, and ends 2 after a rollback")
    void outlivesACutLine() throws Exception {
        var id = applied(plan(Server.newRoute()));
        try (var line = new CutLine(RestAssured.port)) {
            var heard = new StringWriter();
            var code =
                    CompletableFuture.supplyAsync(
                            () -> run(line.port(), heard, new StringWriter(), "wait", id));
            await().until(() -> heard.toString().contains("observing"));
            line.cut();
            await().until(() -> heard.toString().contains("trying again"));
            assertThat(run("rollback", id, "--comment", "enough")).isZero();
            assertThat(code).isNotDone();
            line.mend();
            await().atMost(Duration.ofSeconds(30)).until(code::isDone);
            assertThat(code.join()).isEqualTo(2);
            assertThat(heard.toString()).contains("rolled back");
        }
    }

    @Test
    @DisplayName("does nothing on an old version, and says what is now")
    void refusesOldVersions() throws Exception {
        var id = applied(plan(Server.newRoute()));
        assertThat(run("pause", id)).isZero();
        assertThat(run("resume", id, "--version", "1")).isEqualTo(1);
        assertThat(err.toString())
                .contains("nothing was done")
                .contains("at version 2")
                .contains("paused")
                .containsOnlyOnce("\n");
        assertThat(server.phase(id)).isEqualTo("paused");
        assertThat(run("resume", id, "--version", "2")).isZero();
        assertThat(run("approve", id)).isEqualTo(1);
        assertThat(err.toString()).contains("no gate is open");
    }

    @Test
    @DisplayName("says until when a freeze keeps a rollout from its next step, and by whom")
    void saysWhatIsFrozen() throws Exception {
        var team = "team-" + UUID.randomUUID().toString().substring(0, 8);
        var id =
                applied(
                        Files.writeString(
                                dir.resolve("frozen.yaml"),
                                Server.plan(Server.newRoute()) + "team: " + team + "\n"));
        var until = clock.instant().plus(Duration.ofHours(1));
        RestAssured.given()
                .contentType("application/json")
                .body("{\"team\": \"%s\", \"until\": \"%s\"}".formatted(team, until))
                .post("/api/v1/freezes")
                .then()
                .statusCode(201);
        server.pass(Duration.ofSeconds(1));
        assertThat(run("status", id)).isZero();
        assertThat(out.toString()).contains("; waits until ").contains("UTC: frozen by ");
        assertThat(run("status")).isZero();
        assertThat(out.toString()).contains("observing, frozen");
        assertThat(run("wait", id, "--timeout", "0.05s")).isEqualTo(3);
        assertThat(out.toString()).contains("; waits until ");
        assertThat(run("promote", id)).isEqualTo(1);
        assertThat(err.toString()).contains("waits until ");
    }

    @Test
    @DisplayName("lists what is under way, shows one, and puts a route back")
    void showsAndRestores() throws Exception {
        var route = Server.newRoute();
        var id = applied(plan(route));
        assertThat(run("status")).isZero();
        assertThat(out.toString()).contains("ROUTE").contains(id).contains(route);
        assertThat(run("status", id)).isZero();
        assertThat(out.toString()).contains("5% canary").contains("gets 5 %").contains("unsure");
        assertThat(run("status", "--json")).isZero();
        assertThat(json().isArray()).isTrue();

        assertThat(run("restore", route, "--comment", "now")).isZero();
        assertThat(server.phase(id)).isEqualTo("rolledBack");
        assertThat(run("restore", route, "--rollout", id)).isEqualTo(1);
        assertThat(err.toString()).contains("already rolled back by").containsOnlyOnce("\n");
        assertThat(run("restore", "no-such-route")).isEqualTo(1);
        assertThat(err.toString()).contains("no-such-route").containsOnlyOnce("\n");
    }

    @Test
    @DisplayName("answers an id that nobody has, and one that is none, in one line")
    void answersWrongIds() {
        assertThat(run("wait", "00000000-0000-0000-0000-000000000009")).isEqualTo(1);
        assertThat(err.toString()).startsWith("serin: ").containsOnlyOnce("\n");
        assertThat(run("approve", "seven")).isEqualTo(1);
        assertThat(err.toString()).contains("seven").containsOnlyOnce("\n");
        assertThat(run("wait", "00000000-0000-0000-0000-000000000009", "--timeout", "soon"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("'soon' is no time such as").containsOnlyOnce("\n");
    }

    private Path plan(String route) throws Exception {
        return Files.writeString(dir.resolve(route + ".yaml"), Server.plan(route));
    }

    private String applied(Path plan) throws Exception {
        assertThat(run("apply", plan.toString(), "--json")).as(err.toString()).isZero();
        assertThat(json().at("/plans/0/action").asText()).isEqualTo("started");
        return json().at("/plans/0/rollout/id").asText();
    }

    private JsonNode json() throws Exception {
        return JSON.readTree(out.toString());
    }

    private static org.w3c.dom.Element suite(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
    }

    private int run(String... args) {
        out = new StringWriter();
        err = new StringWriter();
        return run(RestAssured.port, out, err, args);
    }

    private static int run(int port, StringWriter out, StringWriter err, String... args) {
        var words = new java.util.ArrayList<>(java.util.List.of(args));
        words.add("--server=http://localhost:" + port);
        return Serin.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(String[]::new));
    }
}
