package dev.serin.server.evidence;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.DatabaseFailed;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Reads all that was tallied of a rollout.
@ApplicationScoped
public class Gathering {

    /// How many of the newest buckets are never merged: what has only just begun is judged apart.
    private static final int APART = 64;

    /// How many times its own length a merged stretch lies back at least: so a window that reaches into
    /// one reads at most an eighth more than it asks for.
    private static final int BACK = 8;

    /// In a look back no bucket is longer than such a part of the step's age when it began.
    private static final int PARTS_OF_AGE = 512;

    /// What a poll of a source may be late.
    private static final Duration LATE = Duration.ofSeconds(5);

    private static final String STEPS =
            """
            select s.step, s.at, r.ended_at,
              (select coalesce(sum(p.n), 0) from pulse p where p.rollout = r.id),
              q.trouble, q.heard_at, q.every_ms
            from step_entered s join rollout r on r.id = s.rollout
            left join source_poll q on q.rollout = r.id
            where s.rollout = ? order by s.step\
            """;

    /// Sums over replicas and over the buckets that the restart rule no longer tells apart. What comes
    /// after tallies were drawn together is read where they lie: it may change a call among them.
    private static final String TALLIES =
            """
            select t.step, t.arm, t.metric,
              b.bucket - (b.bucket - w.low) %% w.width as first,
              sum(t.n), sum(t.bad), sum(t.sum), sum(t.v), sum(t.over_cap),
              array_agg(t.histogram) filter (where t.histogram is not null), w.width
            from tally t
            join step_entered s on s.rollout = t.rollout and s.step = t.step
            left join evidence_age a on a.rollout = t.rollout
            cross join lateral (
              select case when a.stretch_s is null then t.bucket else %s end as bucket) b
            join unnest(?::int[], ?::int[], ?::int[], ?::int[]) as w (step, low, high, width)
              on w.step = t.step and b.bucket >= w.low and b.bucket < w.high
            where t.rollout = ?
            group by 1, 2, 3, 4, w.width\
            """
                    .formatted(
                            AgedRow.first(
                                    "case a.stretch_s when 60 then 'minute' else 'hour' end"));

    private static final String AGE = "select stretch_s from evidence_age where rollout = ?";

    private final AgroalDataSource database;

    Gathering(AgroalDataSource database) {
        this.database = database;
    }

    /// What is known of `rollout` at `now`, within the running transaction if there is one.
    public Gathered of(UUID rollout, Instant now) {
        try (var connection = database.getConnection()) {
            var course = course(connection, rollout, now);
            var evidence = evidence(connection, rollout, course.spans, Span::stretches);
            return new Gathered(new Evidence(evidence.steps(), course.unheard), course.pulse);
        } catch (SQLException e) {
            throw notRead(rollout, e);
        }
    }

    /// The same for somebody who goes through it again from its beginning: all of it is told apart in
    /// time as finely as it is kept, not only what is new.
    public Lookback lookback(UUID rollout, Instant now) {
        try (var connection = database.getConnection()) {
            var spans = course(connection, rollout, now).spans;
            var drawn = drawn(connection, rollout);
            if (drawn == null) {
                var evidence = evidence(connection, rollout, spans, Span::byAge);
                return new Lookback(evidence, StepEvidence.WIDTH);
            }
            var evidence = evidence(connection, rollout, spans, Span::apart);
            return new Lookback(
                    new Evidence(
                            evidence.steps().stream()
                                    .map(step -> ClockStretches.covering(step, drawn))
                                    .toList()),
                    drawn);
        } catch (SQLException e) {
            throw notRead(rollout, e);
        }
    }

    private static DatabaseFailed notRead(UUID rollout, SQLException e) {
        return new DatabaseFailed("the evidence of rollout " + rollout + " was not read", e);
    }

    /// The stretches into which tallies were drawn together; null if they were not.
    private static @Nullable Duration drawn(Connection connection, UUID rollout)
            throws SQLException {
        try (var query = connection.prepareStatement(AGE)) {
            query.setObject(1, rollout);
            try (var rows = query.executeQuery()) {
                int seconds = rows.next() ? rows.getInt(1) : 0;
                return seconds == 0 ? null : Duration.ofSeconds(seconds);
            }
        }
    }

    /// A step that was entered.
    private record Span(int step, Instant start, int buckets) {

        static Span of(int step, Instant start, Instant end) {
            return new Span(step, start, StepEvidence.bucketOf(start, end) + 1);
        }

        /// How its buckets are merged: by the width that the restart rule has for so many, then ever
        /// finer towards the newest, which stay apart.
        List<Stretch> stretches() {
            var stretches = new ArrayList<Stretch>();
            int low = 0;
            for (int width = widest(); width > 1; width /= 2) {
                int high = Math.max(0, buckets - Math.max(APART, BACK * width)) / width * width;
                if (high > low) {
                    stretches.add(new Stretch(step, low, high, width));
                    low = high;
                }
            }
            stretches.add(new Stretch(step, low, Integer.MAX_VALUE, 1));
            return stretches;
        }

        /// How they are merged for a look back: the wider the older the step was.
        List<Stretch> byAge() {
            var stretches = new ArrayList<Stretch>();
            int low = 0;
            int width = 1;
            for (int high = 2 * PARTS_OF_AGE; high < buckets; high *= 2) {
                stretches.add(new Stretch(step, low, high, width));
                low = high;
                width *= 2;
            }
            stretches.add(new Stretch(step, low, Integer.MAX_VALUE, width));
            return stretches;
        }

        List<Stretch> apart() {
            return List.of(new Stretch(step, 0, Integer.MAX_VALUE, 1));
        }

        private int widest() {
            return buckets < 64 ? 1 : Integer.highestOneBit(buckets / 32);
        }
    }

    /// Buckets from `low` on and below `high`, of which `width` become one.
    private record Stretch(int step, int low, int high, int width) {}

    /// @param unheard why the newest calls are not known, where a source counts them; null if they are
    private record Course(List<Span> spans, long pulse, @Nullable String unheard) {}

    private static Course course(Connection connection, UUID rollout, Instant now)
            throws SQLException {
        try (var query = connection.prepareStatement(STEPS)) {
            query.setObject(1, rollout);
            var steps = new ArrayList<Integer>();
            var starts = new ArrayList<Instant>();
            var end = now;
            long pulse = 0;
            @Nullable String unheard = null;
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    steps.add(rows.getInt(1));
                    starts.add(instant(rows, 2));
                    end = rows.getObject(3) == null ? now : instant(rows, 3);
                    pulse = rows.getLong(4);
                    unheard = rows.getObject(6) == null ? null : unheard(rows, now);
                }
            }
            var spans = new ArrayList<Span>();
            for (int i = 0; i < steps.size(); i++) {
                var until = i + 1 < starts.size() ? starts.get(i + 1) : end;
                spans.add(Span.of(steps.get(i), starts.get(i), until));
            }
            return new Course(spans, pulse, unheard);
        }
    }

    /// A source that says nothing is not good news, whoever it is that does not ask it.
    private static @Nullable String unheard(ResultSet row, Instant now) throws SQLException {
        var trouble = row.getString(5);
        var silence = Duration.between(instant(row, 6), now);
        return trouble == null && silence.compareTo(stale(row.getLong(7))) > 0
                ? "the source was last heard %d s ago, which is more than two polls"
                        .formatted(silence.toSeconds())
                : trouble;
    }

    private static Duration stale(long everyMs) {
        return Duration.ofMillis(everyMs).multipliedBy(2).plus(LATE);
    }

    private static Evidence evidence(
            Connection connection,
            UUID rollout,
            List<Span> spans,
            Function<Span, List<Stretch>> merged)
            throws SQLException {
        var byStep = new HashMap<Integer, TreeMap<Integer, Arms>>();
        try (var query = connection.prepareStatement(TALLIES)) {
            var stretches = spans.stream().flatMap(span -> merged.apply(span).stream()).toList();
            query.setArray(1, ints(connection, stretches, Stretch::step));
            query.setArray(2, ints(connection, stretches, Stretch::low));
            query.setArray(3, ints(connection, stretches, Stretch::high));
            query.setArray(4, ints(connection, stretches, Stretch::width));
            query.setObject(5, rollout);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    int width = rows.getInt(11);
                    byStep.computeIfAbsent(rows.getInt(1), _ -> new TreeMap<>())
                            .computeIfAbsent(rows.getInt(4), _ -> new Arms(width))
                            .take(rows);
                }
            }
        }
        return new Evidence(
                spans.stream()
                        .filter(span -> byStep.containsKey(span.step))
                        .map(span ->
                                evidence(span, byStep.getOrDefault(span.step, new TreeMap<>())))
                        .toList());
    }

    private static StepEvidence evidence(Span span, Map<Integer, Arms> filled) {
        var buckets = new ArrayList<StepEvidence.Bucket>();
        boolean assigned = filled.values().stream().anyMatch(arms -> arms.isAssigned);
        filled.forEach((first, arms) ->
                buckets.add(
                        new StepEvidence.Bucket(
                                first,
                                arms.width,
                                arms.tallies(Arm.CANDIDATE, assigned),
                                arms.tallies(Arm.BASELINE, assigned))));
        var last = buckets.getLast();
        int told = Math.max(span.buckets, last.index() + last.width());
        return new StepEvidence(span.step, span.start, told, buckets, assigned);
    }

    /// Both arms of one stretch of time, as they are read.
    private static final class Arms {

        private final Map<Arm, Map<Track, Tally>> tallies = new HashMap<>();
        private final Map<Arm, Tally> assignedKeys = new HashMap<>();
        private final int width;
        private boolean isAssigned;

        Arms(int width) {
            this.width = width;
        }

        void take(ResultSet row) throws SQLException {
            var arm = StoredArm.of(row.getInt(2));
            var metric = row.getString(3);
            if (metric.equals(Assigned.METRIC)) {
                isAssigned = true;
                assignedKeys.put(arm, new Tally.Counts(row.getLong(5), 0));
                return;
            }
            var track = Track.parse(metric);
            tallies.computeIfAbsent(arm, _ -> new HashMap<>()).put(track, tally(track, row));
        }

        /// Where Serin assigned arms, the keys that it assigned count; else those that observations
        /// named.
        Tallies tallies(Arm arm, boolean assigned) {
            var told = new HashMap<>(tallies.getOrDefault(arm, Map.of()));
            if (assigned) {
                told.remove(new Track.Keys());
                var keys = assignedKeys.get(arm);
                if (keys != null) {
                    told.put(new Track.Keys(), keys);
                }
            }
            return new Tallies(told);
        }

        private static Tally tally(Track track, ResultSet row) throws SQLException {
            return switch (track) {
                case Track.Calls _,
                        Track.Marked _,
                        Track.Chosen _,
                        Track.Reaches _,
                        Track.Keys _,
                        Track.Failures _ ->
                        new Tally.Counts(row.getLong(5), row.getLong(6));
                case Track.Sum _, Track.CostWithFailures _, Track.Spent _ ->
                        new Tally.Moments(
                                row.getLong(5), row.getDouble(7), row.getDouble(8), row.getLong(9));
                case Track.Score _ ->
                        TallyRow.scores(row.getLong(5), row.getDouble(7), row.getDouble(8));
                case Track.Spread _ -> TallyRow.histogram(row.getArray(10));
            };
        }
    }

    private static java.sql.Array ints(
            Connection connection, List<Stretch> stretches, ToIntFunction<Stretch> part)
            throws SQLException {
        return connection.createArrayOf(
                "int4", stretches.stream().mapToInt(part).boxed().toArray());
    }

    private static Instant instant(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }
}
