package dev.serin.server.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.server.TestClock;
import dev.serin.server.evidence.Gathering;
import dev.serin.server.gateway.Upstream;
import dev.serin.server.rollout.Server;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(SourceProfile.class)
@DisplayName("A source")
class PollsTest {

    private static final Duration POLL = Duration.ofSeconds(30);

    @Inject Server server;
    @Inject TestClock clock;
    @Inject Polls polls;
    @Inject Gathering gathering;

    @ConfigProperty(name = SourceProfile.PORT)
    int port;

    private Upstream prometheus;

    /// Counters by `bad` or `all` and the arm.
    private final Map<String, Long> counters = new ConcurrentHashMap<>();

    private String route;

    @BeforeEach
    void begins() {
        prometheus = Upstream.at(port);
        route = Server.newRoute();
        // Polls of rollouts that other tests left behind are not this test's.
        pollAll();
        counters.putAll(
                Map.of(
                        "bad/candidate", 100L,
                        "all/candidate", 5_000L,
                        "bad/baseline", 900L,
                        "all/baseline", 90_000L));
        speaks();
    }

    @Test
    @DisplayName(
            "adds what its counters rose by to the tallies of the arm, and nothing at its first reading")
    void countsDifferences() {
        var id = started(plan("main", "100s"));
        pollAll();
        assertThat(counts(id, "candidate")).isEqualTo(Tally.Counts.NONE);

        rise(200, 4, 4_000, 40);
        poll();
        assertThat(counts(id, "candidate")).isEqualTo(new Tally.Counts(200, 4));
        assertThat(counts(id, "baseline")).isEqualTo(new Tally.Counts(4_000, 40));
        rise(100, 1, 2_000, 20);
        poll();
        assertThat(counts(id, "candidate")).isEqualTo(new Tally.Counts(300, 5));
        server.get(id)
                .body("source.name", is("main"))
                .body("source.trouble", nullValue())
                .body("source.readings.find { it.arm == 'candidate' }.calls", is(100))
                .body("exposed.calls", is(300));
    }

    @Test
    @DisplayName("is asked with the token, and with the names of route, arm and model in its query")
    void fillsQueries() {
        started(plan("main", "100s"));
        pollAll();
        assertThat(prometheus.asked())
                .anySatisfy(asked -> {
                    assertThat(asked.line()).startsWith("POST /prom/api/v1/query ");
                    assertThat(asked.headers())
                            .containsEntry("authorization", "Bearer token-of-main");
                    assertThat(query(asked.body()))
                            .isEqualTo(
                                    "sum(bad{arm=\"candidate\",route=\"%s\",model=\"openai/gpt-4\"})"
                                            .formatted(route));
                });
    }

    @Test
    @DisplayName("promotes on what it counted, and rolls back on it")
    void decides() {
        var good = started(plan("main", "30s"));
        pollAll();
        rise(300, 2, 3_000, 20);
        poll();
        server.pass(Duration.ofSeconds(1));
        server.get(good).body("step.index", is(1));

        rise(300, 150, 3_000, 20);
        poll();
        rise(300, 150, 3_000, 20);
        poll();
        server.pass(Duration.ofSeconds(1));
        server.get(good).body("phase", is("rolledBack")).body("outcome.kind", is("breached"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName(
            "that gives no data counts nothing, says so, and keeps a good candidate from its promotion:")
    @CsvSource(
            delimiter = '|',
            value = {
                "empty|200|{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}|the answer is empty",
                "NaN|200|{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[NOW,\"NaN\"]}]}}|the answer is NaN",
                "infinite|200|{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[NOW,\"+Inf\"]}]}}|the answer is +Inf",
                "many|200|{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[NOW,\"1\"]},{\"metric\":{},\"value\":[NOW,\"2\"]}]}}|holds 2 series",
                "old|200|{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1000,\"5400\"]}}|older than two polls",
                "a rate|200|{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[NOW,\"0.02\"]}}|ask for the counter itself",
                "partial|200|{\"status\":\"success\",\"warnings\":[\"a store is away\"],\"data\":{\"resultType\":\"scalar\",\"result\":[NOW,\"5400\"]}}|it warned: a store is away",
                "an error|422|{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"too many samples\"}|it answered 422, execution: too many samples",
                "HTML|200|<html>sign in</html>|the answer is no JSON",
                "a redirect|302|{}|redirects are not followed",
            })
    void isNoGoodNews(String what, int status, String body, String why) {
        var id = started(plan("main", "90s"));
        pollAll();
        rise(300, 2, 3_000, 20);
        prometheus.says((_, line) ->
                line.json(
                        status,
                        body.replace("NOW", Long.toString(clock.instant().getEpochSecond())),
                        "Location: http://127.0.0.1:" + port + "/elsewhere"));
        poll();
        assertThat(counts(id, "candidate")).isEqualTo(Tally.Counts.NONE);
        assertThat(prometheus.asked()).noneMatch(asked -> asked.line().contains("elsewhere"));
        server.get(id)
                .body("source.trouble", containsString(why))
                .body("blocks.find { it.name == 'source' }.why", containsString(why));

        // What was counted meanwhile is not lost, and its silence never promotes.
        speaks();
        poll();
        assertThat(counts(id, "candidate")).isEqualTo(new Tally.Counts(300, 2));
        prometheus.says((_, line) -> line.json(503, "{}"));
        poll();
        server.pass(Duration.ofSeconds(1));
        server.get(id).body("step.index", is(0)).body("findings[0].finding", is("met"));
        page(id, "no data", "it answered 503");
        speaks();
        rise(10, 0, 100, 1);
        poll();
        server.get(id).body("source.trouble", nullValue());
        server.pass(Duration.ofSeconds(1));
        server.get(id).body("step.index", is(1));
    }

    @Test
    @DisplayName("that nobody answers for, or that stalls, gives no data")
    void isAway() {
        var dead = started(plan("dead", "100s"));
        pollAll();
        server.get(dead).body("source.trouble", containsString("no connection to it"));
        route = Server.newRoute();
        var stalling = started(plan("hasty", "100s"));
        prometheus.says((asked, line) -> {
            if (asked.line().startsWith("POST /api/")) {
                line.isLeftWithin(20);
            } else {
                line.json(503, "{}");
            }
        });
        pollAll();
        server.get(stalling).body("source.trouble", containsString("no answer within 500 ms"));
    }

    @Test
    @DisplayName("that stalls holds up no other, and is not asked again meanwhile")
    void holdsUpNoOther() throws Exception {
        var released = new CountDownLatch(1);
        prometheus.says((asked, line) -> {
            if (asked.line().startsWith("POST /slow/")) {
                released.await();
            }
            answer(asked, line);
        });
        var slow = started(plan("slow", "100s"));
        route = Server.newRoute();
        var good = started(plan("main", "100s"));
        polls.beat();
        Awaitility.await()
                .untilAsserted(() -> server.get(good).body("source.askedAt", notNullValue()));
        rise(200, 4, 4_000, 40);
        clock.pass(POLL);
        polls.beat();
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(counts(good, "candidate")).isEqualTo(new Tally.Counts(200, 4)));
        server.get(slow).body("source.askedAt", nullValue());
        assertThat(prometheus.asked())
                .filteredOn(asked -> asked.line().startsWith("POST /slow/"))
                .hasSize(4);

        released.countDown();
        Awaitility.await()
                .untilAsserted(() -> server.get(slow).body("source.askedAt", notNullValue()));
    }

    @Test
    @DisplayName("whose counter fell counts nothing for the interval, and goes on from there")
    void countsNoReset() {
        var id = started(plan("main", "100s"));
        pollAll();
        counters.put("all/candidate", 3L);
        counters.put("bad/candidate", 0L);
        rise(0, 0, 100, 1);
        poll();
        assertThat(counts(id, "candidate")).isEqualTo(Tally.Counts.NONE);
        server.get(id).body("source.trouble", containsString("total fell from 5000 to 3, a reset"));
        rise(50, 1, 100, 1);
        poll();
        assertThat(counts(id, "candidate")).isEqualTo(new Tally.Counts(50, 1));
        server.get(id).body("source.trouble", nullValue());
    }

    @Test
    @DisplayName("that was silent for more than two polls counts nothing of the time between")
    void countsNoGap() {
        var id = started(plan("main", "100s"));
        pollAll();
        rise(300, 0, 3_000, 0);
        clock.pass(Duration.ofSeconds(90));
        server.pass(Duration.ofSeconds(1));
        server.get(id).body("blocks[0].why", containsString("more than two polls"));
        pollAll();
        assertThat(counts(id, "candidate")).isEqualTo(Tally.Counts.NONE);
        server.get(id).body("source.trouble", containsString("nothing was heard for 91 s"));
    }

    @Test
    @DisplayName("whose counters stand still for more than two polls is stale")
    void isStale() {
        var id = started(plan("main", "10m"));
        pollAll();
        rise(300, 2, 3_000, 20);
        poll();
        poll();
        poll();
        server.get(id).body("source.trouble", nullValue());
        poll();
        server.get(id).body("source.trouble", containsString("no call was counted for 90 s"));
    }

    @Test
    @DisplayName("counts the interval in which the step changed for neither step")
    void keepsStepsApart() {
        var id = started(plan("main", "30s"));
        pollAll();
        rise(300, 2, 3_000, 20);
        poll();
        server.pass(Duration.ofSeconds(1));
        server.get(id).body("step.index", is(1));
        rise(70, 0, 700, 0);
        poll();
        rise(30, 1, 300, 0);
        poll();
        assertThat(counts(id, "candidate")).isEqualTo(new Tally.Counts(300, 2));
        assertThat(counts(id, "candidate", 1)).isEqualTo(new Tally.Counts(30, 1));
    }

    @Test
    @DisplayName(
            "counts once what a process that died had asked for, and nothing of one that was too slow")
    void countsOnce() {
        var id = started(plan("main", "100s"));
        pollAll();
        rise(100, 1, 1_000, 10);
        clock.pass(POLL);
        var slow = of(id, polls);
        var heard = polls.asked(slow);
        // It is claimed: nobody else polls in this interval.
        assertThat(polls.claim()).noneMatch(row -> row.rollout().toString().equals(id));

        rise(50, 1, 500, 5);
        // So long its answer might be waited for.
        clock.pass(Duration.ofSeconds(5));
        poll();
        assertThat(counts(id, "candidate")).isEqualTo(new Tally.Counts(150, 2));
        assertThat(polls.count(heard)).isFalse();
        assertThat(counts(id, "candidate")).isEqualTo(new Tally.Counts(150, 2));
    }

    @Test
    @DisplayName("is heard though it takes longer than its interval, however many processes ask")
    void isSlow() {
        var id = started(plan("main", "100s"));
        pollAll();
        rise(100, 1, 1_000, 10);
        clock.pass(POLL);
        var row = of(id, polls);
        clock.pass(POLL.plusSeconds(2));
        assertThat(polls.claim()).noneMatch(each -> each.rollout().toString().equals(id));

        assertThat(polls.count(polls.asked(row))).isTrue();
        assertThat(polls.claim()).anyMatch(each -> each.rollout().toString().equals(id));
    }

    @Test
    @DisplayName("is asked by exactly one of the replicas that race for it")
    void isClaimedOnce() throws Exception {
        var id = started(plan("main", "100s"));
        pollAll();
        clock.pass(POLL);
        try (var racers = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks =
                    java.util.stream.IntStream.range(0, 8)
                            .mapToObj(_ -> racers.submit(polls::claim))
                            .toList();
            long claims = 0;
            for (var task : tasks) {
                claims +=
                        task.get().stream()
                                .filter(row -> row.rollout().toString().equals(id))
                                .count();
            }
            assertThat(claims).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("that is a Datadog is asked for whole stretches of time, each of them once")
    void readsDatadog() {
        var id = started(plan("dog", "10m"));
        prometheus.says((asked, line) -> line.json(200, datadog(asked.line())));
        clock.pass(Datadog.LAG);
        poll();
        poll();
        // Two points of 10 s in each of both stretches that are over: 3 bad and 40 calls each.
        poll();
        assertThat(counts(id, "candidate")).isEqualTo(new Tally.Counts(240, 18));
        assertThat(prometheus.asked())
                .filteredOn(asked -> asked.line().startsWith("GET "))
                .isNotEmpty()
                .allSatisfy(asked -> {
                    assertThat(asked.headers())
                            .containsEntry("dd-api-key", "key-of-dog")
                            .containsEntry("dd-application-key", "second-key-of-dog");
                    assertThat(asked.line()).startsWith("GET /api/v1/query?from=");
                });
        prometheus.says((_, line) -> line.json(403, "{\"errors\":[\"Forbidden\"]}"));
        poll();
        server.get(id).body("source.trouble", containsString("it answered 403, Forbidden"));
    }

    @Test
    @DisplayName("must be set on the server, and its address is never in a plan")
    void isSetByAnAdmin() {
        server.post(plan("nowhere", "30s"))
                .statusCode(400)
                .body(containsString("nowhere is no source of this server"));
    }

    private String started(String yaml) {
        return server.started(yaml);
    }

    private String plan(String source, String duration) {
        return Server.plan(route)
                        .replace(", gate: manual", "")
                        .replace("duration: 30s", "duration: " + duration)
                + """
                source:
                  name: %s
                  every: 30s
                  counts:
                    error_rate:
                      bad: sum(bad{arm="{{arm}}",route="{{route}}",model="{{model}}"})
                      total: sum(all{arm="{{arm}}",route="{{route}}",model="{{model}}"})
                """
                        .formatted(source);
    }

    private void speaks() {
        prometheus.says(this::answer);
    }

    private void answer(Upstream.Asked asked, Upstream.Line line) throws IOException {
        var query = query(asked.body());
        var counter =
                (query.contains("sum(bad") ? "bad/" : "all/")
                        + (query.contains("candidate") ? "candidate" : "baseline");
        line.json(
                200,
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[%d.5,\"%d\"]}]}}"
                        .formatted(clock.instant().getEpochSecond(), counters.get(counter)));
    }

    /// A point of 10 s each, from a minute before what was asked for on.
    private static String datadog(String line) {
        long from = Long.parseLong(line.replaceFirst(".*from=([0-9]+).*", "$1"));
        boolean bad = URLDecoder.decode(line, UTF_8).contains("sum(bad");
        var points = new StringBuilder();
        for (long at = from - 60; at < from + 600; at += 10) {
            points.append(points.isEmpty() ? "" : ",")
                    .append("[%d.0,%s]".formatted(at * 1000, bad ? "3.0" : "40.0"));
        }
        return "{\"status\":\"ok\",\"res_type\":\"time_series\",\"series\":[{\"metric\":\"m\",\"interval\":10,\"pointlist\":[%s]}]}"
                .formatted(points);
    }

    private void rise(long calls, long bad, long baselineCalls, long baselineBad) {
        counters.merge("all/candidate", calls, Long::sum);
        counters.merge("bad/candidate", bad, Long::sum);
        counters.merge("all/baseline", baselineCalls, Long::sum);
        counters.merge("bad/baseline", baselineBad, Long::sum);
    }

    private void pollAll() {
        for (var asking : polls.askDue()) {
            try {
                asking.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private void poll() {
        clock.pass(POLL);
        pollAll();
        server.pass(Duration.ZERO);
    }

    private static PollRow of(String id, Polls polls) {
        return polls.claim().stream()
                .filter(row -> row.rollout().toString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Tally.Counts counts(String id, String arm) {
        return counts(id, arm, 0);
    }

    private Tally.Counts counts(String id, String arm, int step) {
        var track = new Track.Marked(Metric.Rate.ERROR);
        return gathering
                .of(UUID.fromString(id), clock.instant())
                .evidence()
                .of(step)
                .map(seen ->
                        arm.equals("candidate")
                                ? seen.candidateCounts(track)
                                : seen.baselineCounts(track))
                .orElse(Tally.Counts.NONE);
    }

    private static void page(String id, String... words) {
        var page =
                io.restassured.RestAssured.given()
                        .accept("text/html")
                        .get("/rollouts/" + id)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();
        assertThat(page).contains(words);
    }

    private static String query(String form) {
        return URLDecoder.decode(form.replaceFirst("^query=([^&]*).*", "$1"), UTF_8);
    }
}
