package dev.serin.server.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.serin.engine.judge.Call;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.SerinConfig;
import dev.serin.server.TestClock;
import dev.serin.server.problem.ProblemException;
import dev.serin.server.rollout.Server;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("Posted observations")
class ObservationsTest {

    @Inject Server server;
    @Inject TestClock clock;
    @Inject AgroalDataSource database;
    @Inject Replica replica;
    @Inject SerinConfig config;

    private String id;

    @BeforeEach
    void started() {
        id = server.started(Server.plan(Server.newRoute()));
    }

    @Test
    @DisplayName("are tallied by arm, and only by what they say")
    void areTallied() {
        server.observe(
                        id,
                        """
                        [{"id": "a", "arm": "candidate", "error": false, "latencyMs": 812, "costUsd": 0.03},
                         {"id": "b", "arm": "candidate", "error": true, "errorClass": "timeout"},
                         {"arm": "baseline", "labels": {"hallucination": true}}]\
                        """)
                .statusCode(200)
                .body("accepted", is(3))
                .body("refused", empty());

        assertThat(sum("candidate", "calls")).containsEntry("n", 2).containsEntry("bad", 1);
        assertThat(sum("candidate", "error")).containsEntry("n", 2).containsEntry("bad", 1);
        assertThat(sum("candidate", "latency_ms")).containsEntry("n", 1);
        assertThat(sum("candidate", "failures:timeout")).containsEntry("n", 1);
        assertThat(sum("baseline", "label:hallucination")).containsEntry("bad", 1);
        assertThat(sum("baseline", "error")).isNull();
    }

    @Test
    @DisplayName("count once by their id, in one post and in several")
    void countOnceById() {
        var twice = "[%1$s, %1$s]".formatted("{\"id\": \"same\", \"arm\": \"candidate\"}");
        server.observe(id, twice).body("accepted", is(2));
        clock.pass(Duration.ofHours(30));
        server.observe(id, twice).body("accepted", is(2));
        assertThat(sum("candidate", "calls")).containsEntry("n", 1);
    }

    @Test
    @DisplayName(
            "find no room while the server stops, and for a key that gets its arm then nothing fails")
    void findNoRoom() throws InterruptedException {
        var rollout = UUID.fromString(id);
        var meters = new SimpleMeterRegistry();
        var stopping = new Observations(database, clock, replica, config, meters);
        stopping.stop(new ShutdownEvent());
        assertThatThrownBy(() -> stopping.record(rollout, List.of()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("come again");
        stopping.assigned(new Assigned(rollout, 0, Arm.CANDIDATE, "key"));
        assertThat(meters.get("serin.observations.waiting").gauge().value()).isZero();
    }

    @Test
    @DisplayName("count once by their id, though so many come that two groups are stored at a time")
    void countOnceAtTheSameTime() throws Exception {
        var meters = new SimpleMeterRegistry();
        var busy = new Observations(database, clock, new Replica(), config, meters);
        var answers = new ArrayList<CompletableFuture<Answer>>();
        for (int batch = 0; batch < 24; batch++) {
            var calls = new ArrayList<Seen>();
            for (int i = 0; i < 1_000; i++) {
                calls.add(slow("call-" + (batch * 500 + i)));
            }
            answers.add(busy.record(UUID.fromString(id), calls).toCompletableFuture());
        }
        for (var answer : answers) {
            assertThat(answer.get(30, TimeUnit.SECONDS).accepted()).isEqualTo(1_000);
        }
        assertThat(sum("candidate", "calls")).containsEntry("n", 12_500);
        assertThat(sum("candidate", "latency_ms")).containsEntry("n", 12_500);
        assertThat(one("select count(*) from call where rollout = '%s'")).isEqualTo(12_500);
        assertThat(one("select count(distinct replica) from tally where rollout = '%s'"))
                .isEqualTo(2);
        assertThat(meters.get("serin.observations.waiting").gauge().value()).isZero();
        busy.stop(new ShutdownEvent());
    }

    private static Seen slow(String name) {
        var call = new Call(false, null, 812.0, null, null, null, Map.of());
        return new Seen(name, Arm.CANDIDATE, null, null, "user of " + name, null, false, call);
    }

    private long one(String query) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query.formatted(id))) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    @DisplayName("are split by keys of any length, which are remembered in brief")
    void rememberKeysInBrief() {
        var rollout = UUID.fromString(id);
        var key = "k".repeat(100_000);
        var one = new Assigned(rollout, 0, Arm.CANDIDATE, key + "a");
        var other = new Assigned(rollout, 0, Arm.CANDIDATE, key + "b");
        assertThat(one.brief()).isEqualTo(one.brief()).isNotEqualTo(other.brief());
        assertThat(one.brief().key()).hasSize(64);
        var usual = new Assigned(rollout, 0, Arm.CANDIDATE, "user-7");
        assertThat(usual.brief()).isEqualTo(usual);
    }

    @Test
    @DisplayName("get the same answer again under the same Idempotency-Key, and count once")
    void countOnceByKey() {
        var body = "[{\"arm\": \"candidate\"}, {\"arm\": \"neither\"}]";
        for (int i = 0; i < 2; i++) {
            keyed("k-1", body)
                    .statusCode(200)
                    .body("accepted", is(1))
                    .body("refused[0].index", is(1))
                    .body("refused[0].field", is("arm"));
        }
        assertThat(sum("candidate", "calls")).containsEntry("n", 1);
        keyed("k-1", "[]").statusCode(409).body("type", containsString("idempotency"));
    }

    @Test
    @DisplayName("are refused row by row, and the good rows are stored")
    void areRefusedByRow() {
        var late = clock.instant().plusSeconds(61);
        var early = clock.instant().minus(Duration.ofHours(2));
        server.observe(
                        id,
                        """
                        [{"arm": "candidate"},
                         {"arm": "candidate", "latencyMs": -1},
                         {"arm": "candidate", "latencyMs": "NaN"},
                         {"arm": "candidate", "latencyMs": 1e999},
                         {"arm": "candidate", "at": "%s"},
                         {"arm": "candidate", "at": "%s"},
                         {"arm": "candidate", "step": 2},
                         {"arm": "candidate", "latency_ms": 3},
                         {"arm": "candidate", "labels": {"hallucination": 1}},
                         7,
                         {"latencyMs": 3},
                         {"arm": "candidate", "latencyMs": 1e308},
                         {"arm": "candidate", "ttftMs": 1e308},
                         {"arm": "candidate", "costUsd": 1e308}]\
                        """
                                .formatted(late, early))
                .statusCode(200)
                .body("accepted", is(1))
                .body("refused.index", is(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)))
                .body(
                        "refused.field",
                        is(
                                List.of(
                                        "latencyMs",
                                        "latencyMs",
                                        "latencyMs",
                                        "at",
                                        "at",
                                        "step",
                                        "latency_ms",
                                        "labels.hallucination",
                                        "",
                                        "arm",
                                        "latencyMs",
                                        "ttftMs",
                                        "costUsd")));
        assertThat(sum("candidate", "calls")).containsEntry("n", 1);
    }

    @Test
    @DisplayName("for a rollout that has ended are refused")
    void areRefusedAfterTheEnd() {
        server.say(id, "rollback", "{\"version\": %d}".formatted(server.version(id)));
        server.observe(id, "[{\"arm\": \"candidate\"}]")
                .statusCode(200)
                .body("accepted", is(0))
                .body("refused[0].message", containsString("has ended"));
    }

    @Test
    @DisplayName(
            "of calls under way when their rollout ended are exposure, and change nothing else")
    void countWhatWasUnderWay() {
        clock.pass(Duration.ofSeconds(10));
        server.say(id, "rollback", "{\"version\": %d}".formatted(server.version(id)));
        clock.pass(Duration.ofSeconds(2));
        server.observe(
                        id,
                        "[{\"arm\": \"candidate\", \"error\": true, \"latencyMs\": 5000},"
                                + " {\"arm\": \"candidate\", \"latencyMs\": 500}]")
                .statusCode(200)
                .body("accepted", is(1))
                .body("refused.index", is(List.of(1)));
        assertThat(sum("candidate", "calls")).containsEntry("n", 1);
        server.pass(Duration.ofMinutes(31));
        assertThat(server.phase(id)).isEqualTo("rolledBack");
        server.observe(id, "[{\"arm\": \"candidate\", \"latencyMs\": 1900000}]")
                .body("accepted", is(0));
    }

    @Test
    @DisplayName("for a rollout that nobody knows are not found")
    void areNotFound() {
        server.observe(UUID.randomUUID().toString(), "[{\"arm\": \"candidate\"}]").statusCode(404);
        server.observe("nonsense", "[]").statusCode(404);
        server.observe(new UUID(0, 0).toString(), "[{\"arm\": \"candidate\"}]").statusCode(404);
    }

    @Test
    @DisplayName("go to the step in which their call began, however late they come")
    void goToTheirStep() {
        var before = clock.instant();
        server.calls(id, "candidate", 200, 0);
        server.pass(Duration.ofSeconds(31));
        server.observe(id, "[{\"arm\": \"candidate\", \"at\": \"%s\"}]".formatted(before));
        server.observe(id, "[{\"arm\": \"candidate\", \"step\": 0}, {\"arm\": \"candidate\"}]");

        assertThat(sum(0, "candidate", "calls")).containsEntry("n", 202);
        assertThat(sum(1, "candidate", "calls")).containsEntry("n", 1);
    }

    @Test
    @DisplayName("are judged for a caller's first calls only, and all of them are exposure")
    void judgesFirstCallsOfAKey() throws Exception {
        var rows = new ArrayList<String>();
        for (int i = 0; i < 25; i++) {
            rows.add("{\"arm\": \"candidate\", \"error\": false, \"key\": \"ada\"}");
        }
        server.observe(id, rows.toString()).body("accepted", is(25));

        assertThat(sum("candidate", "calls")).containsEntry("n", 25);
        assertThat(sum("candidate", "error")).containsEntry("n", 20);
        assertThat(sum("candidate", "keys")).containsEntry("n", 1);
        assertThat(count("select count(*) from key_seen where encode(key_hash, 'escape') = 'ada'"))
                .isZero();
    }

    @Test
    @DisplayName("of one caller cost what all of them cost, and reach the plan's cap by that")
    void spendsByAllCallsOfAKey() {
        id = server.started(Server.plan(Server.newRoute()) + "exposure: { usd: 4 }\n");
        var row =
                "{\"arm\": \"candidate\", \"error\": false, \"key\": \"acme\", \"costUsd\": 0.05}";
        server.observe(id, Collections.nCopies(100, row).toString()).body("accepted", is(100));

        assertThat(sum("candidate", "cost_usd/1")).containsEntry("n", 20).containsEntry("sum", 1f);
        assertThat(sum("candidate", "cost_usd/1000000000000")).containsEntry("n", 100);
        server.pass(Duration.ofSeconds(1));
        server.get(id).body("phase", is("rolledBack")).body("exposed.usd", is(5f));
    }

    @Test
    @DisplayName(
            "say nothing of a model where the caller failed, and pause it where a quota is gone")
    void knowWhoFailed() {
        server.observe(
                id,
                """
                [{"arm": "candidate", "error": true, "errorClass": "400"},
                 {"arm": "candidate", "error": true, "errorClass": "429"},
                 {"arm": "candidate", "error": true, "errorClass": "insufficient_quota"}]\
                """);
        assertThat(sum("candidate", "error")).containsEntry("n", 1);
        assertThat(sum("candidate", "failures:429")).containsEntry("n", 1);
        server.pass(Duration.ofSeconds(1));
        server.get(id).body("phase", is("paused")).body("pausedBecause", containsString("quota"));
    }

    @Test
    @DisplayName("that timed out tell their latency, by whatever name the sender calls that")
    void knowWhoTimedOut() {
        server.observe(
                id,
                """
                [{"arm": "candidate", "error": true, "errorClass": "timeout", "latencyMs": 60000},
                 {"arm": "candidate", "error": true, "errorClass": "Timed out", "latencyMs": 60000},
                 {"arm": "candidate", "errorClass": "ReadTimeout", "latencyMs": 60000},
                 {"arm": "candidate", "error": true, "errorClass": "refused", "latencyMs": 5}]\
                """);
        assertThat(sum("candidate", "latency_ms")).containsEntry("n", 3);
        assertThat(sum("candidate", "failures:timeout")).containsEntry("n", 3);
    }

    @Test
    @DisplayName("come as lines as well, packed or not, and a broken line is refused alone")
    void comeAsLines() throws Exception {
        var lines = "{\"arm\": \"candidate\"}\n\n{\"arm\": \n{\"arm\": \"baseline\"}\n";
        packed(lines, "gzip")
                .statusCode(200)
                .body("accepted", is(2))
                .body("refused.index", is(List.of(1)));
    }

    @Test
    @DisplayName("are not read where two headers say how they are packed, whichever comes first")
    void arePackedOnce() throws Exception {
        var lines = "{\"arm\": \"candidate\"}\n";
        packed(lines, "identity", "gzip").statusCode(415);
        packed(lines, "gzip", "gzip").statusCode(415);
        packed(lines, "gzip, gzip").statusCode(415);
    }

    private ValidatableResponse packed(String lines, Object first, Object... more)
            throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        return given().header("Content-Type", "application/x-ndjson")
                .header("Content-Encoding", first, more)
                .body(packed.toByteArray())
                .post("/api/v1/rollouts/" + id + "/observations")
                .then();
    }

    @Test
    @DisplayName("of many callers at once are all stored, each call once")
    void areStoredTogether() throws Exception {
        var threads = new ArrayList<Thread>();
        for (int caller = 0; caller < 8; caller++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int i = 0; i < 25; i++) {
                                    server.calls(id, "candidate", 4, 0);
                                }
                            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(sum("candidate", "calls")).containsEntry("n", 800);
        assertThat(sum("candidate", "latency_ms")).containsEntry("n", 800);
        assertThat((Float) sum("candidate", "cost_usd/1").get("sum")).isBetween(7.99f, 8.01f);
        assertThat(count("select count(*) from call where rollout = '" + id + "'")).isEqualTo(800);
    }

    @Test
    @DisplayName("that are no JSON are refused as a whole, with line and column")
    void tellsWhereJsonBreaks() {
        server.observe(id, "[{\"arm\": \"candidate\"},\n {\"arm\" \"baseline\"}]")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("line", is(2))
                .body("column", is(9));
        server.observe(id, "[{\"arm\": \"candidate\", \"arm\": \"baseline\"}]").statusCode(400);
        server.observe(id, "[".repeat(100_000))
                .statusCode(400)
                .body("detail", not(containsString("StreamReadConstraints")));
        server.observe(id, "[{\"arm\": \"candidate\", \"latencyMs\": NaN}]")
                .statusCode(400)
                .body("detail", is("the body is no JSON: Non-standard token 'NaN'"));
        server.observe(id, "[] []")
                .statusCode(400)
                .body("detail", is("the body is no JSON: something follows after its end"));
        given().contentType("application/json")
                .body(new byte[] {'[', '"', (byte) 0xc3, (byte) 0x28, '"', ']'})
                .post("/api/v1/rollouts/" + id + "/observations")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    private io.restassured.response.ValidatableResponse keyed(String key, String body) {
        return given().contentType("application/json")
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/rollouts/" + id + "/observations")
                .then();
    }

    private Map<String, Object> sum(String arm, String of) {
        return sum(0, arm, of);
    }

    private Map<String, Object> sum(int step, String arm, String of) {
        return given().get("/api/v1/rollouts/" + id + "/evidence")
                .then()
                .statusCode(200)
                .extract()
                .path(
                        "steps.find { it.index == %d }.total.%s.find { it.of == '%s' }"
                                .formatted(step, arm, of));
    }

    private long count(String query) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
