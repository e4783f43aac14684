package dev.serin.server.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Histogram;
import dev.serin.engine.judge.Quantity;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.TestClock;
import dev.serin.server.rollout.EvidenceReads;
import dev.serin.server.rollout.Server;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@DisplayName("The tallies of a rollout that ended")
class AgeingTest {

    /// Ten minutes less than five hours, in buckets.
    private static final int LONG = 1_740;

    private static final String COST = new Track.Sum(Quantity.COST_USD, 1).key();
    private static final String LATENCY = new Track.Spread(Quantity.LATENCY_MS).key();

    @Inject Server server;
    @Inject TestClock clock;
    @Inject AgroalDataSource database;
    @Inject Gathering gathering;
    @Inject Ageing ageing;
    @Inject EvidenceReads reads;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    @DisplayName("sum up to the same after a day by minutes, and after two weeks by hours")
    void sumUpToTheSame(long seed) throws SQLException {
        var id = ended(seed, true);
        var evidence = evidence(id);
        var byHour = slots(id, "hour");
        var byMinute = slots(id, "minute");
        long rows = rows(id);

        ageing.age();
        assertThat(rows(id)).as("within the first day").isEqualTo(rows);

        shift(id, 1);
        ageing.age();
        assertThat(evidence(id)).isEqualTo(evidence);
        assertThat(slots(id, "minute")).isEqualTo(byMinute);
        assertThat(slots(id, "hour")).isEqualTo(byHour);
        assertThat(rows(id)).isEqualTo(byMinute.size()).isLessThan(rows);

        shift(id, 13);
        ageing.age();
        assertThat(evidence(id)).isEqualTo(evidence);
        assertThat(slots(id, "hour")).isEqualTo(byHour);
        assertThat(rows(id)).isEqualTo(byHour.size()).isLessThan(byMinute.size());

        ageing.age();
        assertThat(evidence(id)).as("once more").isEqualTo(evidence);
    }

    @Test
    @DisplayName("take a label that comes late, and its correction, where its call was drawn to")
    void takeWhatComesLate() throws SQLException {
        var id = UUID.fromString(server.started(Server.plan(Server.newRoute())));
        try (var connection = database.getConnection()) {
            var calls = new TreeMap<TallyRow, Tally>();
            for (int bucket = 0; bucket < 12; bucket++) {
                calls.put(
                        new TallyRow(new Place(id, 0, Arm.CANDIDATE, bucket), "calls"),
                        new Tally.Counts(1, 0));
            }
            TallyRow.add(connection, "replica", calls);
        }
        server.say(id.toString(), "rollback", "{\"version\": %d}".formatted(version(id)));
        for (int days : List.of(1, 13)) {
            shift(id, days);
            ageing.age();
            correct(id, 1);
            assertThat(calls(id)).isEqualTo(new Tally.Counts(12, 12));
            correct(id, -1);
            assertThat(calls(id)).isEqualTo(new Tally.Counts(12, 0));
        }
    }

    @Test
    @DisplayName(
            "are told again by the minutes and hours that they cover, with all that came later")
    void coverTheirStretches() throws SQLException {
        var id = ended(14, true);
        assertThat(reads.recorded(id).stretch()).isEqualTo(StepEvidence.WIDTH);

        shift(id, 1);
        ageing.age();
        correct(id, "late");
        var evidence = evidence(id);
        assertThat(reads.recorded(id).stretch()).isEqualTo(Duration.ofMinutes(1));
        assertThat(words(reads.recorded(id).evidence())).isEqualTo(evidence);
        assertThat(pastTheClock(id, ChronoUnit.MINUTES))
                .hasSizeGreaterThan(50)
                .allMatch(past -> past.compareTo(StepEvidence.WIDTH) < 0);

        shift(id, 13);
        ageing.age();
        assertThat(reads.recorded(id).stretch()).isEqualTo(Duration.ofHours(1));
        assertThat(words(reads.recorded(id).evidence())).isEqualTo(evidence);
        assertThat(pastTheClock(id, ChronoUnit.HOURS))
                .hasSizeBetween(3, 5)
                .allMatch(past -> past.compareTo(StepEvidence.WIDTH) < 0);
    }

    /// How long after the clock's minute or hour each stretch ends, but for the step's last one.
    private List<Duration> pastTheClock(UUID id, ChronoUnit unit) {
        var step = reads.recorded(id).evidence().steps().getFirst();
        return step.filled().stream()
                .limit(step.filled().size() - 1L)
                .map(step::end)
                .map(end -> Duration.between(end.truncatedTo(unit), end))
                .toList();
    }

    @Test
    @DisplayName("are told apart again from the beginning, however long the step was")
    void toldApartFromTheBeginning() throws SQLException {
        var id = ended(15, false);
        execute(
                "update step_entered set at = at - interval '%d hours' where rollout = '%s'",
                24, id);
        var step = reads.recorded(id).evidence().steps().getFirst();

        assertThat(step.buckets()).isGreaterThan(8_000);
        assertThat(step.filled())
                .hasSizeGreaterThan(100)
                .allMatch(bucket -> bucket.width() == 1 || bucket.width() * 512 <= bucket.index());
        assertThat(words(reads.recorded(id).evidence())).isEqualTo(evidence(id));
        server.say(id.toString(), "rollback", "{\"version\": %d}".formatted(version(id)));
    }

    @Test
    @DisplayName("are left alone while it is under way, however long that is")
    void leftAloneWhileUnderWay() throws SQLException {
        var id = ended(11, false);
        var rows = rows(id);
        shift(id, 40);
        ageing.age();
        assertThat(rows(id)).isEqualTo(rows);
        server.say(id.toString(), "rollback", "{\"version\": %d}".formatted(version(id)));
    }

    @Test
    @DisplayName("lose nothing that comes while replicas draw them together")
    void loseNothingThatComes() throws Exception {
        var id = ended(12, true);
        shift(id, 1);
        long before = number(id, "error");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (int writer = 0; writer < 3; writer++) {
                var replica = "late-" + writer;
                all.add(threads.submit(() -> correct(id, replica)));
                all.add(
                        threads.submit(() -> {
                            for (int i = 0; i < 10; i++) {
                                execute("delete from evidence_age where rollout = '%s'", id);
                                ageing.age();
                            }
                            return 0;
                        }));
            }
            for (var one : all) {
                one.get();
            }
        }
        assertThat(number(id, "error")).isEqualTo(before + 3 * 100);
    }

    @Test
    @DisplayName("are let go of after two years, and its journal and what was found stay")
    void letGoInTheEnd() throws SQLException {
        var id = ended(13, true);
        var journal = server.get(id + "/journal").extract().asString();
        execute(
                """
                insert into shown_evidence (rollout, id, at, findings)
                values ('%s', 'seen', now(), '[]')\
                """,
                id);
        shift(id, 729);
        ageing.age();
        assertThat(rows(id)).isPositive();
        assertThat(shown(id)).isEqualTo(1);

        shift(id, 2);
        ageing.age();
        assertThat(rows(id)).isZero();
        assertThat(shown(id)).isZero();
        assertThat(server.get(id + "/journal").extract().asString()).isEqualTo(journal);
        server.get(id.toString()).body("phase", is("rolledBack")).body("findings", hasSize(1));
        io.restassured.RestAssured.given().get("/rollouts/" + id).then().statusCode(200);
    }

    /// One label after another that comes late: each adds one to a sum.
    private Object correct(UUID id, String replica) throws SQLException {
        for (int i = 0; i < 100; i++) {
            try (var connection = database.getConnection()) {
                var place = new Place(id, 0, Arm.CANDIDATE, i % 20);
                TallyRow.change(
                        connection,
                        replica,
                        new TreeMap<>(
                                Map.of(new TallyRow(place, "error"), new Change(1, 0, 0, 0))));
            }
        }
        return replica;
    }

    /// A label of each call, or its correction.
    private void correct(UUID id, int bad) throws SQLException {
        var changes = new TreeMap<TallyRow, Change>();
        for (int bucket = 0; bucket < 12; bucket++) {
            changes.put(
                    new TallyRow(new Place(id, 0, Arm.CANDIDATE, bucket), "calls"),
                    new Change(0, bad, 0, 0));
        }
        try (var connection = database.getConnection()) {
            TallyRow.change(connection, "late", changes);
        }
    }

    private Tally.Counts calls(UUID id) {
        return gathering
                .of(id, clock.instant())
                .evidence()
                .of(0)
                .orElseThrow()
                .candidate()
                .counts(new Track.Calls());
    }

    /// A rollout with tallies that a seed gives.
    private UUID ended(long seed, boolean end) throws SQLException {
        var id = UUID.fromString(server.started(Server.plan(Server.newRoute())));
        var random = new Random(seed);
        // Somewhere within an hour, so that the stretches do not begin with the step.
        execute(
                "update step_entered set at = at + interval '%d seconds' where rollout = '%s'",
                random.nextInt(3_600), id);
        for (int replica = 0; replica < 2; replica++) {
            var sums = new TreeMap<TallyRow, Tally>();
            for (int i = 0; i < 150; i++) {
                var arm = random.nextBoolean() ? Arm.CANDIDATE : Arm.BASELINE;
                var place = new Place(id, 0, arm, random.nextInt(LONG));
                int n = 1 + random.nextInt(5);
                sums.put(new TallyRow(place, "calls"), new Tally.Counts(n, 0));
                sums.put(new TallyRow(place, "error"), new Tally.Counts(n, random.nextInt(n + 1)));
                sums.put(
                        new TallyRow(place, COST),
                        // Eighths, whose sums are exact in any order.
                        new Tally.Moments(n, n / 8.0, random.nextInt(9) / 8.0, 0));
                sums.put(new TallyRow(place, LATENCY), histogram(random, n));
            }
            try (var connection = database.getConnection()) {
                TallyRow.add(connection, "replica-" + replica, sums);
            }
        }
        if (end) {
            server.say(id.toString(), "rollback", "{\"version\": %d}".formatted(version(id)))
                    .statusCode(200);
        }
        return id;
    }

    private int version(UUID id) {
        return server.version(id.toString());
    }

    private static Histogram histogram(Random random, int n) {
        var buckets = new TreeMap<Integer, Long>();
        for (int i = 0; i < n; i++) {
            buckets.merge(Histogram.bucketOf(1 + random.nextInt(5_000)), 1L, Long::sum);
        }
        return new Histogram(buckets);
    }

    private List<String> evidence(UUID id) {
        return words(gathering.of(id, clock.instant()).evidence());
    }

    private static List<String> words(Evidence evidence) {
        return evidence.steps().stream()
                .flatMap(step ->
                        List.of(
                                step.step() + " candidate " + words(step.candidate()),
                                step.step() + " baseline " + words(step.baseline()))
                                .stream())
                .toList();
    }

    private static String words(Tallies tallies) {
        var words = new TreeMap<String, String>();
        tallies.byTrack()
                .forEach((track, tally) ->
                        words.put(
                                track.key(),
                                tally instanceof Histogram histogram
                                        ? HexFormat.of().formatHex(histogram.toBytes())
                                        : tally.toString()));
        return words.toString();
    }

    /// What was counted in each stretch of the clock, whatever rows hold it.
    private List<String> slots(UUID id, String unit) throws SQLException {
        return texts(
                """
                select concat_ws(' ', t.metric, t.arm, to_char(date_trunc('%1$s',
                    s.at + t.bucket * interval '10 seconds', 'UTC'), 'HH24:MI'),
                  sum(t.n), sum(t.bad), sum(t.sum), sum(t.v))
                from tally t join step_entered s on s.rollout = t.rollout and s.step = t.step
                where t.rollout = '%2$s' group by t.metric, t.arm, date_trunc('%1$s',
                    s.at + t.bucket * interval '10 seconds', 'UTC') order by 1\
                """
                        .formatted(unit, id));
    }

    private long rows(UUID id) throws SQLException {
        return Long.parseLong(
                texts("select count(*) from tally where rollout = '%s'".formatted(id)).getFirst());
    }

    private long shown(UUID id) throws SQLException {
        return Long.parseLong(
                texts("select count(*) from shown_evidence where rollout = '%s'".formatted(id))
                        .getFirst());
    }

    private long number(UUID id, String metric) throws SQLException {
        return Long.parseLong(
                texts(
                                "select sum(n) from tally where rollout = '%s' and metric = '%s'"
                                        .formatted(id, metric))
                        .getFirst());
    }

    private List<String> texts(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    /// Has the rollout lie further back by so many days, which spares other tests the time.
    private void shift(UUID id, int days) throws SQLException {
        execute(
                """
                update rollout set started_at = started_at - interval '%1$d days',
                  ended_at = ended_at - interval '%1$d days 1 second' where id = '%2$s'\
                """,
                days, id);
        execute(
                "update step_entered set at = at - interval '%d days' where rollout = '%s'",
                days, id);
    }

    private void execute(String sql, Object... values) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql.formatted(values));
        }
    }
}
