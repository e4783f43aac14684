package dev.serin.server.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.serin.engine.judge.Call;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.SerinConfig;
import dev.serin.server.TestClock;
import dev.serin.server.rollout.Server;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@DisplayName("Labels that come after their call")
class FeedbackTest {

    private static final String OF_LABELS = "label:hallucination";
    private static final String CHOSEN = "chosen:hallucination";

    @Inject Server server;
    @Inject TestClock clock;
    @Inject AgroalDataSource database;
    @Inject SerinConfig config;
    @Inject Housekeeping housekeeping;

    private String id;
    private String call;

    @BeforeEach
    void started() {
        id = started("100%");
        call = "call-" + UUID.randomUUID();
    }

    @Test
    @DisplayName("are asked for in the answer to the observation, and join their call")
    void join() {
        seen(call, "candidate").body("label", is(List.of(call)));
        assertThat(sum("candidate", CHOSEN)).containsEntry("n", 1);
        assertThat(sum("candidate", OF_LABELS)).isNull();

        say("{'id': '%s', 'label': 'hallucination', 'value': true}")
                .body("accepted", is(1))
                .body("waiting", is(0))
                .body("refused", empty())
                .body("uncounted", empty())
                .body("$", not(hasKey("label")));
        assertThat(sum("candidate", OF_LABELS)).containsEntry("n", 1).containsEntry("bad", 1);
        assertThat(sum("candidate", "calls")).containsEntry("n", 1).containsEntry("bad", 1);
        assertThat(sum("candidate", CHOSEN)).containsEntry("n", 1);
    }

    @Test
    @DisplayName("count once, however often they come")
    void countOnce() {
        seen(call, "candidate");
        var at = clock.instant();
        for (int i = 0; i < 3; i++) {
            say("[{'id': '%s', 'label': 'hallucination', 'value': true, 'at': '" + at + "'}]");
            say("[{'id': '%s', 'label': 'hallucination', 'value': true}]");
        }
        assertThat(sum("candidate", OF_LABELS)).containsEntry("n", 1).containsEntry("bad", 1);
        assertThat(sum("candidate", "calls")).containsEntry("bad", 1);
    }

    @Test
    @DisplayName("are corrected by what was said later, in whatever order it comes")
    void areCorrected() {
        var noon = clock.instant();
        seen(call, "candidate");
        said(true, noon.plusSeconds(2));
        said(false, noon.plusSeconds(1));
        assertThat(sum("candidate", OF_LABELS)).containsEntry("n", 1).containsEntry("bad", 1);

        said(false, noon.plusSeconds(3));
        assertThat(sum("candidate", OF_LABELS)).containsEntry("n", 1).containsEntry("bad", 0);
        assertThat(sum("candidate", "calls")).containsEntry("n", 1).containsEntry("bad", 0);

        say("{'id': '%s', 'label': 'hallucination', 'value': true}");
        assertThat(sum("candidate", OF_LABELS)).containsEntry("n", 1).containsEntry("bad", 1);
    }

    @Test
    @DisplayName("wait for their call if they come first, and come to the same")
    void mayComeFirst() {
        say("""
        [{'id': '%s', 'labels': {'hallucination': false, 'quality': 0.25}},
         {'id': '%s', 'rollout': 'ROLLOUT', 'label': 'hallucination', 'value': true}]\
        """)
                .body("accepted", is(2))
                .body("waiting", is(3));
        assertThat(sum("candidate", OF_LABELS)).isNull();

        clock.pass(Duration.ofSeconds(30));
        seen(call, "candidate").body("label", is(List.of(call)));
        assertThat(sum("candidate", CHOSEN)).containsEntry("n", 1);
        assertThat(sum("candidate", OF_LABELS)).containsEntry("n", 1).containsEntry("bad", 1);
        assertThat(sum("candidate", "score:quality"))
                .containsEntry("n", 1)
                .containsEntry("sum", 0.25f)
                .containsEntry("v", 0.0625f);
    }

    @Test
    @DisplayName("whose call never comes are let go after a while")
    void areLetGo() throws SQLException {
        say("{'id': '%s', 'label': 'hallucination', 'value': true}").body("waiting", is(1));
        clock.pass(Duration.ofMinutes(59));
        housekeeping.keep();
        assertThat(count("select count(*) from label_waiting where id = '" + call + "'")).isOne();
        clock.pass(Duration.ofMinutes(2));
        housekeeping.keep();
        assertThat(count("select count(*) from label_waiting where id = '" + call + "'")).isZero();
    }

    @Test
    @DisplayName("find calls, and spans that told of them, which are kept by days and go by days")
    void goByDays() throws SQLException {
        housekeeping.keep();
        var day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(7);
        assertThat(partitions(day)).isEqualTo(2);
        // Nothing began on it.
        clock.pass(Duration.ofDays(39));
        housekeeping.keep();
        assertThat(partitions(day)).isZero();
        assertThat(partitions(day.plusDays(39))).isEqualTo(2);
    }

    @Test
    @DisplayName("that nobody chose are kept, told, and count for nothing")
    void mustBeChosen() {
        id = started("50%");
        var chosen = new ArrayList<String>();
        var others = new ArrayList<String>();
        for (int i = 0; i < 40; i++) {
            call = "call-" + UUID.randomUUID();
            List<String> label = seen(call, "candidate").extract().path("label");
            (label.isEmpty() ? others : chosen).add(call);
        }
        assertThat(chosen).hasSizeBetween(5, 35);

        call = others.getFirst();
        say("{'id': '%s', 'label': 'hallucination', 'value': true}")
                .body("accepted", is(1))
                .body("uncounted[0].index", is(0))
                .body("uncounted[0].message", containsString("was not chosen"));
        assertThat(sum("candidate", OF_LABELS)).isNull();
        assertThat(sum("candidate", CHOSEN)).containsEntry("n", chosen.size());
    }

    @Test
    @DisplayName("count at once if they come with the observation, and can be corrected later")
    void mayComeAlong() {
        id = started("0.01%");
        server.observe(
                id,
                "[{\"id\": \"%s\", \"arm\": \"candidate\", \"labels\": {\"hallucination\": true}}]"
                        .formatted(call));
        assertThat(sum("candidate", CHOSEN)).containsEntry("n", 1);
        assertThat(sum("candidate", OF_LABELS)).containsEntry("n", 1).containsEntry("bad", 1);

        clock.pass(Duration.ofHours(1));
        say("{'id': '%s', 'label': 'hallucination', 'value': false}").body("uncounted", empty());
        assertThat(sum("candidate", OF_LABELS)).containsEntry("n", 1).containsEntry("bad", 0);
    }

    @Test
    @DisplayName("that miss their deadline are kept, told, and count for nothing")
    void mustBeInTime() {
        seen(call, "candidate");
        clock.pass(Duration.ofMinutes(3));
        say("{'id': '%s', 'label': 'hallucination', 'value': true}")
                .body("accepted", is(1))
                .body("uncounted[0].field", is("value"))
                .body("uncounted[0].message", containsString("until its deadline"));
        assertThat(sum("candidate", OF_LABELS)).isNull();
        assertThat(sum("candidate", "calls")).containsEntry("bad", 0);
    }

    @Test
    @DisplayName("that a judge could not give count as not there, and take no verdict back")
    void mayFail() {
        seen(call, "candidate");
        var failed = "{'id': '%s', 'label': 'hallucination', 'value': null, 'failed': true}";
        say(failed).body("accepted", is(1)).body("uncounted", empty());
        assertThat(sum("candidate", OF_LABELS)).isNull();
        said(true, clock.instant());
        say(failed);
        assertThat(sum("candidate", OF_LABELS)).containsEntry("n", 1).containsEntry("bad", 1);
    }

    @Test
    @DisplayName("count as they come where the plan waits for none")
    void countAtOnceWithoutDeadline() {
        id = server.started(Server.plan(Server.newRoute()));
        seen(call, "candidate").body("$", not(hasKey("label")));
        clock.pass(Duration.ofDays(2));
        say("{'id': '%s', 'label': 'hallucination', 'value': true}").body("uncounted", empty());
        assertThat(sum("candidate", OF_LABELS)).containsEntry("n", 1).containsEntry("bad", 1);
    }

    @Test
    @DisplayName("count as they come in rollouts that were stored before any were waited for")
    void countAtOnceInOldRollouts() throws SQLException {
        id = server.started(Server.plan(Server.newRoute()));
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    update rollout set plan = (plan #- '{plan,labels}')
                      || '{"labels": {"share": {"fraction": 0.2}, "deadline": "PT2H"}}'
                    where id = '%s'\
                    """
                            .formatted(id));
        }
        server.get(id).statusCode(200).body("plan.labels", nullValue());
        seen(call, "candidate").body("$", not(hasKey("label")));
        said(true, clock.instant());
        assertThat(sum("candidate", OF_LABELS)).containsEntry("n", 1).containsEntry("bad", 1);
    }

    @Test
    @DisplayName("are not asked of calls that failed")
    void areNotAskedOfFailures() {
        server.observe(
                        id,
                        "[{\"id\": \"%s\", \"arm\": \"candidate\", \"error\": true}]"
                                .formatted(call))
                .body("label", empty());
        assertThat(sum("candidate", CHOSEN)).isNull();
    }

    @Test
    @DisplayName("are corrected by another process than the one that counted them")
    void areCorrectedElsewhere() throws SQLException {
        var one = another();
        var other = another();
        seen(call, "candidate");
        one.store(List.of(labelled(new Verdict.Mark(true))));
        other.store(List.of(labelled(new Verdict.Mark(false))));

        assertThat(sum("candidate", OF_LABELS)).containsEntry("n", 1).containsEntry("bad", 0);
        assertThat(sum("candidate", "calls")).containsEntry("n", 1).containsEntry("bad", 0);
        assertThat(
                        count(
                                "select min(bad) from tally where metric = '%s' and rollout = '%s'"
                                        .formatted(OF_LABELS, id)))
                .isEqualTo(-1);
    }

    @Test
    @DisplayName("meet their calls when both come at the same moment through two processes")
    void meetTheirCalls() throws Exception {
        var one = another();
        var other = another();
        for (int i = 0; i < 30; i++) {
            call = "call-" + UUID.randomUUID();
            var observed = observed();
            var labelled = labelled(new Verdict.Mark(i % 2 == 0));
            var thread = Thread.ofVirtual().start(() -> one.store(List.of(observed)));
            other.store(List.of(labelled));
            thread.join();
        }
        assertThat(sum("candidate", OF_LABELS)).containsEntry("n", 30).containsEntry("bad", 15);
    }

    @Test
    @DisplayName("get the same answer again under the same Idempotency-Key")
    void countOnceByKey() {
        seen(call, "candidate");
        var body = json("[{'id': '%s', 'label': 'hallucination', 'value': true}, 7]");
        for (int i = 0; i < 2; i++) {
            given().contentType("application/json")
                    .header("Idempotency-Key", call)
                    .body(body)
                    .post("/api/v1/feedback")
                    .then()
                    .statusCode(200)
                    .body("accepted", is(1))
                    .body("refused.index", is(List.of(1)));
        }
        given().contentType("application/json")
                .header("Idempotency-Key", call)
                .body("[]")
                .post("/api/v1/feedback")
                .then()
                .statusCode(409);
    }

    @Test
    @DisplayName("come as lines as well, packed or not")
    void comeAsLines() throws Exception {
        seen(call, "candidate");
        var lines = json("{'id': '%s', 'label': 'hallucination', 'value': false}\n\n{'id'\n");
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        given().header("Content-Type", "application/x-ndjson")
                .header("Content-Encoding", "gzip")
                .body(packed.toByteArray())
                .post("/api/v1/feedback")
                .then()
                .statusCode(200)
                .body("accepted", is(1))
                .body("refused.index", is(List.of(1)));
    }

    @Test
    @DisplayName("are refused one by one, with the field and the mend")
    void areRefused() {
        seen(call, "candidate");
        var early = clock.instant().plusSeconds(90);
        say("""
        [{'label': 'hallucination', 'value': true},
         {'id': '%s', 'value': true},
         {'id': '%s', 'label': 'hallucination'},
         {'id': '%s', 'label': 'hallucination', 'value': 'yes'},
         {'id': '%s', 'label': 'hallucination', 'value': 0.5},
         {'id': '%s', 'labels': {'quality': true}},
         {'id': '%s', 'labels': {'quality': 1.5}},
         {'id': '%s', 'labels': {}},
         {'id': '%s', 'labels': {'quality': 1}, 'value': true},
         {'id': '%s', 'label': 'hallucination', 'value': true, 'failed': true},
         {'id': '%s', 'label': 'hallucination', 'value': true, 'judge': 'me'},
         {'id': '%s', 'label': 'hallucination', 'value': true, 'rollout': 'x'},
         {'id': '%s', 'label': 'hallucination', 'value': true, 'at': 'EARLY'},
         {'id': '%s', 'label': 'hallucination', 'verdict': true},
         {'id': 'unknown', 'label': 'hallucination', 'value': true, 'at': '0000-01-01T00:00:00Z'},
         {'id': 'unknown', 'label': 'hallucination', 'value': true, 'at': '-99999-01-01T00:00:00Z'}]\
        """
                        .replace("EARLY", early.toString()))
                .body("accepted", is(0))
                .body(
                        "refused.field",
                        is(
                                List.of(
                                        "id",
                                        "label",
                                        "value",
                                        "value",
                                        "value",
                                        "labels.quality",
                                        "labels.quality",
                                        "labels",
                                        "value",
                                        "failed",
                                        "judge",
                                        "rollout",
                                        "at",
                                        "verdict",
                                        "at",
                                        "at")));
        server.observe(id, "[{\"arm\": \"candidate\", \"labels\": {\"quality\": true}}]")
                .body("refused[0].field", is("labels.quality"));
    }

    @Test
    @DisplayName("name their rollout where an id could mean two calls")
    void nameTheirRollout() {
        seen(call, "candidate");
        var first = id;
        id = started("100%");
        seen(call, "candidate");
        say("{'id': '%s', 'label': 'hallucination', 'value': true}")
                .body("refused[0].field", is("rollout"))
                .body("refused[0].message", containsString("2 rollouts"));
        say("{'id': '%s', 'rollout': 'ROLLOUT', 'label': 'hallucination', 'value': true}")
                .body("accepted", is(1));
        assertThat(sum("candidate", OF_LABELS)).containsEntry("n", 1);
        id = first;
        assertThat(sum("candidate", OF_LABELS)).isNull();
    }

    @Test
    @DisplayName("for a rollout that has ended, or that nobody knows, come too late")
    void comeTooLate() {
        server.say(id, "rollback", "{\"version\": %d}".formatted(server.version(id)));
        say("{'id': '%s', 'rollout': 'ROLLOUT', 'label': 'hallucination', 'value': true}")
                .body("refused[0].field", is("id"))
                .body("refused[0].message", containsString("too late"));
        id = UUID.randomUUID().toString();
        say("{'id': '%s', 'rollout': 'ROLLOUT', 'label': 'hallucination', 'value': true}")
                .body("refused[0].field", is("rollout"));
    }

    @Nested
    @DisplayName("and that are waited for")
    class Waiting {

        @Test
        @DisplayName("are listed with their deadline and without their arm")
        void areListed() {
            seen(call, "candidate");
            var other = call;
            call = "call-" + UUID.randomUUID();
            seen(call, "baseline");
            pending()
                    .body("calls.id", containsInAnyOrder(call, other))
                    .body("calls[0].keySet()", hasSize(4))
                    .body("calls[0].keySet()", hasItem("deadline"))
                    .body("calls.labels", everyItem(is(List.of("hallucination", "quality"))));

            say("{'id': '%s', 'label': 'hallucination', 'value': true}");
            pending().body("calls.find { it.id == '" + call + "' }.labels", is(List.of("quality")));
            say("{'id': '%s', 'labels': {'quality': 1}}");
            pending().body("calls.id", is(List.of(other)));

            clock.pass(Duration.ofMinutes(3));
            pending().body("calls", empty());
        }

        @Test
        @DisplayName("are listed up to a number, the oldest first, past those that are overdue")
        void areListedUpToANumber() {
            seen(call, "candidate");
            clock.pass(Duration.ofMinutes(2));
            var next = new ArrayList<String>();
            for (int i = 0; i < 3; i++) {
                call = "call-" + UUID.randomUUID();
                next.add(call);
                seen(call, "candidate");
                clock.pass(Duration.ofSeconds(10));
            }
            given().get("/api/v1/rollouts/" + id + "/labels?pending=true&limit=2")
                    .then()
                    .statusCode(200)
                    .body("calls.id", is(next.subList(0, 2)));
        }

        @ParameterizedTest
        @CsvSource({
            "pending=true&limit=abc, limit, got \"abc\"",
            "pending=true&limit=0, limit, from 1 to 1000",
            "pending=yes, pending, write pending=true",
            "limit=5, pending, write pending=true",
        })
        @DisplayName("are asked for by numbers and words that can be read")
        void areAskedForWell(String query, String field, String mend) {
            given().get("/api/v1/rollouts/" + id + "/labels?" + query)
                    .then()
                    .statusCode(400)
                    .body("field", is(field))
                    .body("detail", containsString(mend))
                    .body("detail", not(containsString("leave it out")));
        }

        @Test
        @DisplayName("keep a condition from being met, and are told")
        void areTold() {
            for (int i = 0; i < 60; i++) {
                call = "call-" + UUID.randomUUID();
                seen(call, "candidate");
                if (i > 0) {
                    said(false, clock.instant());
                }
            }
            server.pass(Duration.ofSeconds(1));
            finding("finding", "unsure");
            server.get(id)
                    .body(
                            "findings[0].sentence",
                            containsString("59 of 60 chosen calls labelled, 1 waiting."))
                    .body("findings[0].labels.candidate.waiting", is(1))
                    .body("findings[0].labels.candidate.chosen", is(60));

            server.pass(Duration.ofMinutes(3));
            finding("finding", "met");
            server.get(id)
                    .body("findings[0].labels.candidate.missing", is(1))
                    .body("findings[0].labels.baseline.chosen", is(0))
                    .body("findings[2].labels", nullValue());
        }

        @Test
        @DisplayName("are looked at again when they are due, though nothing else comes")
        void areLookedAtAgain() {
            id = started("100%", "3h");
            for (int i = 0; i < 60; i++) {
                call = "call-" + UUID.randomUUID();
                seen(call, "candidate");
                if (i > 0) {
                    said(false, clock.instant());
                }
            }
            server.pass(Duration.ofMinutes(15));
            server.pass(Duration.ofMinutes(15));
            finding("finding", "unsure");
            server.pass(Duration.ofHours(3));
            finding("finding", "met");
        }

        private void finding(String field, String expected) {
            server.get(id).body("findings[0]." + field, is(expected));
        }

        private ValidatableResponse pending() {
            return given().get("/api/v1/rollouts/" + id + "/labels?pending=true")
                    .then()
                    .statusCode(200);
        }
    }

    private String started(String share) {
        return started(share, "2m");
    }

    private String started(String share, String deadline) {
        return server.started(
                """
                route: %s
                baseline: openai/gpt-3.5-turbo
                candidate: openai/gpt-4
                steps:
                  - { name: canary, share: 50%%, duration: 1d }
                rollback:
                  - hallucination_rate >= 20%%
                  - answer_quality <= 0.7
                  - error_rate >= 10%%
                metrics: { answer_quality: { score: quality } }
                labels: { share: %s, deadline: %s }
                """
                        .formatted(Server.newRoute(), share, deadline));
    }

    private ValidatableResponse seen(String call, String arm) {
        return server.observe(id, "[{\"id\": \"%s\", \"arm\": \"%s\"}]".formatted(call, arm))
                .statusCode(200)
                .body("accepted", is(1));
    }

    private void said(boolean bad, Instant at) {
        say(
                "[{'id': '%s', 'label': 'hallucination', 'value': "
                        + bad
                        + ", 'judge': {'name': 'grader', 'version': '3'}, 'at': '"
                        + at
                        + "'}]");
    }

    private ValidatableResponse say(String body) {
        return given().contentType("application/json")
                .body(json(body))
                .post("/api/v1/feedback")
                .then()
                .statusCode(200);
    }

    private String json(String body) {
        return body.replace('\'', '"').replace("%s", call).replace("ROLLOUT", id);
    }

    private Batch labelled(Verdict verdict) {
        var label = new Label("hallucination", verdict, "grader", null, null);
        return Batch.ofFeedback(
                List.of(new Feedback(0, null, call, List.of(label), false)), List.of(), null);
    }

    private Batch observed() {
        var seen =
                new Seen(
                        call,
                        Arm.CANDIDATE,
                        null,
                        null,
                        null,
                        null,
                        false,
                        new Call(null, null, null, null, null, null, Map.of()));
        return Batch.of(UUID.fromString(id), List.of(new Batch.Row(0, seen)), List.of(), null);
    }

    private Map<String, Object> sum(String arm, String of) {
        return given().get("/api/v1/rollouts/" + id + "/evidence")
                .then()
                .statusCode(200)
                .extract()
                .path(
                        "steps.find { it.index == 0 }.total.%s.find { it.of == '%s' }"
                                .formatted(arm, of));
    }

    private long partitions(LocalDate day) throws SQLException {
        return count(
                """
                select count(*) from pg_inherits
                where inhparent in ('call'::regclass, 'call_span'::regclass)
                  and inhrelid::regclass::text like '%%_%tY%<tm%<td'\
                """
                        .formatted(day));
    }

    private long count(String query) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /// As another process has it.
    private Storing another() {
        return new Storing(
                database, clock, new Replica().name(), new Callers(config.intake().callsPerKey()));
    }
}
