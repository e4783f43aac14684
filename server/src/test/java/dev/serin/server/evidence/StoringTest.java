package dev.serin.server.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serin.engine.judge.Call;
import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Quantity;
import dev.serin.engine.judge.Recorder;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.SerinConfig;
import dev.serin.server.TestClock;
import dev.serin.server.rollout.Server;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("What is stored of calls")
class StoringTest {

    private static final Track COST = new Track.Sum(Quantity.COST_USD, 1);

    @Inject Server server;
    @Inject TestClock clock;
    @Inject AgroalDataSource database;
    @Inject SerinConfig config;
    @Inject Gathering gathering;
    @Inject PastEvidence past;

    private UUID id;

    @BeforeEach
    void started() {
        // Another test's connections may still be broken.
        for (int attempt = 0; attempt < 30; attempt++) {
            var response = server.post(Server.plan(Server.newRoute())).extract();
            if (response.statusCode() == 201) {
                id = UUID.fromString(response.path("id"));
                return;
            }
        }
        throw new AssertionError("no rollout could be started");
    }

    /// Those that were broken here are not for the tests that come after.
    @AfterEach
    void forgetBrokenConnections() {
        database.flush(AgroalDataSource.FlushMode.IDLE);
        Awaitility.await()
                .until(() -> {
                    try (var connection = database.getConnection()) {
                        return connection.isValid(1);
                    }
                });
    }

    @Test
    @DisplayName("is folded on from the stored sums by a process that has just started")
    void goesOnAfterARestart() {
        var all = new Recorder(List.of(COST), Tallies.NONE);
        for (int process = 0; process < 3; process++) {
            var fresh = another();
            for (int i = 0; i < 5; i++) {
                var call = costing(0.01 * (1 + process * 5 + i));
                all.record(call);
                fresh.store(List.of(batch(call)));
            }
        }
        var stored = candidate().moments(COST);
        var told = (Tally.Moments) all.tallies().byTrack().get(COST);
        assertThat(stored.n()).isEqualTo(told.n()).isEqualTo(15);
        assertThat(stored.sum()).isCloseTo(told.sum(), within(1e-12));
        assertThat(stored.v()).isCloseTo(told.v(), within(1e-12));
    }

    @Test
    @DisplayName(
            "tells so many classes of failures apart in a step, whatever its callers name them")
    void boundsClasses() {
        for (int process = 0; process < 3; process++) {
            var fresh = another();
            for (int i = 0; i < 20; i++) {
                fresh.store(List.of(batch(failed("odd-" + process + "-" + i))));
            }
            fresh.store(List.of(batch(failed("odd-0-3"))));
        }
        var seen = candidate();
        assertThat(seen.byTrack().keySet().stream().filter(Track.Failures.class::isInstance))
                .hasSize(Recorder.MOST_CLASSES + 1);
        assertThat(seen.counts(new Track.Failures("odd-0-3")).n()).isEqualTo(4);
        assertThat(seen.counts(new Track.Failures("other")).n())
                .isEqualTo(60 - Recorder.MOST_CLASSES);
    }

    @Test
    @DisplayName("is told of a run that was played elsewhere no sooner than it was seen there")
    void tellsNothingEarly() {
        var one = new Tallies(Map.of(new Track.Calls(), new Tally.Counts(1, 0)));
        var start = clock.instant();
        var buckets = new ArrayList<StepEvidence.Bucket>();
        for (int i = 0; i < 66; i++) {
            buckets.add(new StepEvidence.Bucket(i, 1, one, Tallies.NONE));
        }
        var step = new StepEvidence(0, start, 66, buckets, true);
        QuarkusTransaction.requiringNew().run(() -> past.keep(id, new Evidence(List.of(step))));

        var told = gathering.lookback(id, start.plusSeconds(660)).evidence().of(0).orElseThrow();
        long calls = 0;
        for (var bucket : told.filled()) {
            calls += bucket.candidate().counts(new Track.Calls()).n();
            assertThat(bucket.index() + bucket.width()).isGreaterThanOrEqualTo((int) calls);
        }
        assertThat(calls).isEqualTo(66);
    }

    @Test
    @DisplayName("adds up the histograms of two processes in one bucket")
    void addsHistograms() {
        var one = another();
        var other = another();
        for (int i = 0; i < 4; i++) {
            one.store(List.of(batch(lasting(100))));
            other.store(List.of(batch(lasting(100)), batch(lasting(9_000))));
        }
        var histogram = candidate().histogram(new Track.Spread(Quantity.LATENCY_MS));
        assertThat(histogram.n()).isEqualTo(12);
        assertThat(histogram.buckets().values()).containsExactlyInAnyOrder(8L, 4L);
    }

    @Test
    @DisplayName(
            "is the same of calls told in hundreds as of calls told one by one, odd texts included")
    void copiesWhatIsInserted() throws SQLException {
        var calls = hundreds();
        var one = another();
        one.store(List.of(batch(calls)));
        var copied = rows();
        forget();
        for (var call : calls) {
            one.store(List.of(batch(List.of(call))));
        }
        assertThat(copied).hasSize(calls.size()).isEqualTo(rows());
        assertThat(String.join("\n", copied)).contains("tab\\there", "back\\\\slash", "odd");
    }

    @Test
    @DisplayName(
            "is the same of a caller's calls beyond those that are judged, whichever way it is stored")
    void copiesWhatIsNotJudged() throws SQLException {
        var calls = new ArrayList<Seen>();
        for (int i = 0; i < 60; i++) {
            var call = new Call(false, null, 5.0, null, null, null, Map.of("hallucination", true));
            calls.add(
                    new Seen(
                            "%02d".formatted(i),
                            Arm.CANDIDATE,
                            null,
                            null,
                            "one caller",
                            null,
                            false,
                            call));
        }
        another().store(List.of(batch(calls)));
        var copied = rows();
        forget();
        var one = another();
        for (var call : calls) {
            one.store(List.of(batch(List.of(call))));
        }
        assertThat(copied).isEqualTo(rows());
        assertThat(copied.stream().filter(row -> row.contains("\"counted\": true"))).hasSize(20);
        assertThat(candidate().counts(new Track.Marked("hallucination")).n()).isEqualTo(40);
    }

    @Test
    @DisplayName("has the time of a call to the same microsecond, whichever way it is stored")
    void copiesTimes() throws SQLException {
        var one = another();
        var began = clock.instant().truncatedTo(ChronoUnit.SECONDS).minusSeconds(30);
        var calls = new ArrayList<Seen>();
        for (var call : hundreds()) {
            int i = calls.size();
            calls.add(call.at(began.plusNanos(999_999_999 - 250L * i)));
        }
        one.store(List.of(batch(calls)));
        var copied = times();
        forget();
        for (var call : calls) {
            one.store(List.of(batch(List.of(call))));
        }
        assertThat(copied).hasSize(calls.size()).contains(began.plusSeconds(1)).isEqualTo(times());
    }

    @Test
    @DisplayName("counts a known call once among hundreds of new ones, and so does the next group")
    void countsAKnownCallOnce() throws SQLException {
        var calls = hundreds();
        var one = another();
        one.store(List.of(batch(calls.subList(0, 1))));
        one.store(List.of(batch(calls)));
        one.store(List.of(batch(calls)));
        assertThat(rows()).hasSize(calls.size());
        assertThat(candidate().counts(new Track.Calls()).n()).isEqualTo(calls.size());
    }

    @Test
    @DisplayName("is copied again some groups after a call was told twice")
    void copiesAgain() throws SQLException {
        var copy = new CallCopy();
        var calls = placed(hundreds());
        assertThat(isCopied(copy, calls)).isTrue();
        assertThat(isCopied(copy, calls)).isFalse();
        var others = placed(hundreds());
        for (int group = 0; group < CallCopy.REST; group++) {
            assertThat(isCopied(copy, others)).isFalse();
        }
        assertThat(isCopied(copy, others)).isTrue();
        assertThat(isCopied(copy, placed(hundreds()).subList(0, CallCopy.FEWEST - 1))).isFalse();
    }

    @Test
    @DisplayName("is copied whole where thousands are told at once")
    void copiesThousands() throws SQLException {
        for (int more : List.of(0, 1)) {
            var calls = new ArrayList<Placed>();
            while (calls.size() < 2 * CallCopy.PART + more) {
                calls.addAll(placed(hundreds()));
            }
            var some = calls.subList(0, 2 * CallCopy.PART + more);
            assertThat(isCopied(new CallCopy(), some)).isTrue();
            assertThat(rows()).hasSize(some.size());
            forget();
        }
    }

    @Test
    @DisplayName("is stored all the same where one among thousands was known, in whichever part")
    void copiesNoneOfThousands() throws SQLException {
        var calls = new ArrayList<Seen>();
        while (calls.size() < 3 * CallCopy.PART) {
            calls.addAll(hundreds());
        }
        var byId = calls.stream().sorted(Comparator.comparing(Seen::id)).toList();
        for (int known : List.of(0, CallCopy.PART + 1, 3 * CallCopy.PART - 1)) {
            var one = another();
            one.store(List.of(batch(List.of(byId.get(known)))));
            one.store(List.of(batch(byId)));
            assertThat(rows()).as("the %d. was known", known).hasSize(byId.size());
            forget();
        }
    }

    private boolean isCopied(CallCopy copy, List<Placed> calls) {
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    try (var connection = database.getConnection()) {
                        return copy.isDone(connection, calls, Set.of());
                    }
                });
    }

    private List<Placed> placed(List<Seen> calls) throws SQLException {
        try (var connection = database.getConnection()) {
            var rollout = Watched.load(connection, Set.of(id)).get(id);
            return calls.stream()
                    .map(call ->
                            new Placed(
                                    rollout,
                                    new Place(id, 0, Arm.CANDIDATE, 0),
                                    clock.instant(),
                                    call.id(),
                                    null,
                                    call))
                    .toList();
        }
    }

    /// Calls of which each says something else, or nothing.
    private static List<Seen> hundreds() {
        var texts =
                new String[] {
                    null, "tab\there", "back\\slash \\N \\.", "two\nlines\r", "{\"odd\", '}"
                };
        var calls = new ArrayList<Seen>();
        for (int i = 0; i < 300; i++) {
            var text = texts[i % texts.length];
            boolean error = i % 7 == 0;
            var call =
                    new Call(
                            i % 11 == 0 ? null : error,
                            error ? text : null,
                            i % 3 == 0 ? null : 0.1 * i,
                            i % 4 == 0 ? null : 7.5,
                            i % 5 == 0 ? null : 1e-7 * i,
                            i % 6 == 0 ? null : (long) i,
                            i % 8 == 0 ? Map.of("hallucination", true) : Map.of());
            calls.add(
                    new Seen(
                            UUID.randomUUID() + (text == null ? "" : text),
                            Arm.CANDIDATE,
                            null,
                            null,
                            i % 2 == 0 ? null : "key " + i,
                            i % 9 == 0 ? text : null,
                            false,
                            call));
        }
        return calls;
    }

    private Batch batch(List<Seen> calls) {
        var rows = new ArrayList<Batch.Row>();
        for (var call : calls) {
            rows.add(new Batch.Row(rows.size(), call));
        }
        return Batch.of(id, rows, List.of(), null);
    }

    /// What is stored of each call but for the times, which are the clock's.
    private List<String> rows() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                select (to_jsonb(c) - 'at' #- '{labels,hallucination,at}')::text
                                from call c where rollout = '%s' order by id\
                                """
                                        .formatted(id))) {
            var stored = new ArrayList<String>();
            while (rows.next()) {
                stored.add(rows.getString(1));
            }
            return stored;
        }
    }

    private List<Instant> times() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select at from call where rollout = '%s' order by id"
                                        .formatted(id))) {
            var times = new ArrayList<Instant>();
            while (rows.next()) {
                times.add(rows.getObject(1, OffsetDateTime.class).toInstant());
            }
            return times;
        }
    }

    private void forget() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("delete from call where rollout = '%s'".formatted(id));
        }
    }

    @Test
    @DisplayName("is all that was acknowledged, and each call once, while connections break")
    void losesNothing() throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        var statuses = new ConcurrentLinkedQueue<Integer>();
        var callers = new ArrayList<Thread>();
        for (int caller = 0; caller < 4; caller++) {
            callers.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int i = 0; i < 15; i++) {
                                    post(acknowledged, statuses);
                                }
                            }));
        }
        while (callers.stream().anyMatch(Thread::isAlive)) {
            breakConnections();
            callers.getFirst().join(java.time.Duration.ofMillis(40));
        }
        for (var caller : callers) {
            caller.join();
        }
        assertThat(statuses).contains(200).allMatch(code -> code == 200 || code >= 500);
        assertThat(stored()).containsAll(acknowledged);
        assertThat(candidate().counts(new Track.Calls()).n()).isEqualTo(stored().size());
        assertThat(candidate().histogram(new Track.Spread(Quantity.LATENCY_MS)).n())
                .isEqualTo(stored().size());
    }

    private void post(Set<String> acknowledged, ConcurrentLinkedQueue<Integer> statuses) {
        var call = UUID.randomUUID().toString();
        var body = "[{\"id\": \"%s\", \"arm\": \"candidate\", \"latencyMs\": 5}]".formatted(call);
        // A caller that heard nothing asks again, as callers do.
        for (int attempt = 0; attempt < 3; attempt++) {
            int status =
                    given().contentType("application/json")
                            .body(body)
                            .post("/api/v1/rollouts/" + id + "/observations")
                            .statusCode();
            statuses.add(status);
            if (status == 200) {
                acknowledged.add(call);
                return;
            }
        }
    }

    private void breakConnections() {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid()
                      and query ilike '%tally%'\
                    """);
        } catch (SQLException _) {
            // The connection that was to break the others was broken itself.
        }
    }

    private List<String> stored() throws SQLException {
        for (int attempt = 0; ; attempt++) {
            var ids = new ArrayList<String>();
            try (var connection = database.getConnection();
                    var statement = connection.createStatement();
                    var rows =
                            statement.executeQuery(
                                    "select id from call where rollout = '" + id + "'")) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
                return ids;
            } catch (SQLException e) {
                // Connections of the pool may still be broken.
                if (attempt == 30) {
                    throw e;
                }
            }
        }
    }

    private Tallies candidate() {
        return gathering.of(id, clock.instant()).evidence().of(0).orElseThrow().candidate();
    }

    private Batch batch(Call call) {
        var seen = new Seen(null, Arm.CANDIDATE, null, null, null, null, false, call);
        return Batch.of(id, List.of(new Batch.Row(0, seen)), List.of(), null);
    }

    private static Call costing(double usd) {
        return new Call(null, null, null, null, usd, null, Map.of());
    }

    private static Call failed(String errorClass) {
        return new Call(true, errorClass, null, null, null, null, Map.of());
    }

    private static Call lasting(double ms) {
        return new Call(null, null, ms, null, null, null, Map.of());
    }

    /// As another process has it.
    private Storing another() {
        return new Storing(
                database, clock, new Replica().name(), new Callers(config.intake().callsPerKey()));
    }
}
