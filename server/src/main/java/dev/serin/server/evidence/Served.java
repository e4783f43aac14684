package dev.serin.server.evidence;

import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.DatabaseFailed;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Sums up what routes served, over all their rollouts, by time.
///
/// Real calls and simulated ones are never added: a route that has ever had a real rollout shows only
/// those. Replayed calls are no calls of the route.
@ApplicationScoped
public class Served {

    /// The hours of the routes, and the tallies of rollouts that are under way, ended a short while
    /// ago or got something since they were summed up; what the hours hold of those is taken out again.
    /// A stretch of 10 s, and such an hour, counts in a window that it reaches into, as it does on the
    /// page of a rollout. `offset 0` keeps the planner, who expects many rollouts to be told singly
    /// and finds a few, from reading whole tables for them.
    private static final String SUMS =
            """
            with wanted as (
              select ?::timestamptz as since, ?::boolean as by_hours),
            asked as materialized (
              select nr::int, route, metric
              from unnest(?::text[], ?::text[]) with ordinality as u (route, metric, nr)),
            shown as materialized (
              select name as route, not exists (
                select 1 from rollout o
                where o.route = name and not o.simulated and o.replay_of is null) as simulated
              from unnest(?::text[]) as name),
            lately as materialized (
              select r.route, r.id, r.ended_at
              from shown s join rollout r on r.route = s.route and r.simulated = s.simulated
              where r.ended_at is null and r.replay_of is null
              union all
              select r.route, r.id, r.ended_at
              from shown s join rollout r on r.route = s.route and r.simulated = s.simulated
              where r.ended_at >= ?::timestamptz - interval '1 hour' and r.replay_of is null),
            pulsed as (
              select p.rollout, sum(p.n) as n
              from lately r join pulse p on p.rollout = r.id
              group by 1),
            single as materialized (
              select r.route, r.id
              from wanted, lately r
              left join served_until u on u.rollout = r.id
              left join pulsed p on p.rollout = r.id
              where not wanted.by_hours or r.ended_at is null or r.ended_at >= ?::timestamptz
                or u.pulses is distinct from coalesce(p.n, 0)),
            told as (
              select a.nr, t.arm, s.at + t.bucket * interval '10 seconds' as at,
                interval '10 seconds' as long, t.n, t.bad, t.sum
              from wanted, single r
              cross join lateral (
                select * from step_entered where rollout = r.id offset 0) s
              join asked a on a.route = r.route
              cross join (values (0::smallint), (1::smallint)) as arms (arm)
              cross join lateral (
                select * from tally where rollout = s.rollout and step = s.step
                  and arm = arms.arm and metric = a.metric offset 0) t
              where t.bucket > extract(epoch from wanted.since - s.at)::float8 / 10 - 1
              union all
              select a.nr, h.arm, h.hour, interval '1 hour', h.n, h.bad, h.sum
              from wanted, shown s
              join asked a on a.route = s.route
              join route_served h on h.route = s.route and h.simulated = s.simulated
                and h.metric = a.metric and h.arm = any ('{0, 1}'::smallint[])
              where wanted.by_hours and h.hour > ?::timestamptz - interval '1 hour'
              union all
              select a.nr, h.arm, h.hour, interval '1 hour', -h.n, -h.bad, -h.sum
              from wanted, single r
              join asked a on a.route = r.route
              cross join lateral (
                select * from served where rollout = r.id and metric = a.metric offset 0) h
              where wanted.by_hours and h.hour > wanted.since - interval '1 hour')
            select nr, arm, width_bucket(at, ?::timestamptz[]),
              width_bucket(at + long - interval '1 microsecond', ?::timestamptz[]),
              sum(n), sum(bad), sum(sum)
            from told
            group by 1, 2, 3, 4
            having sum(n) > 0\
            """;

    /// Slots shorter than this are cut from the tallies.
    private static final Duration HOUR = Duration.ofHours(1);

    private final AgroalDataSource database;

    Served(AgroalDataSource database) {
        this.database = database;
    }

    /// What is asked.
    ///
    /// @param tracks by route
    /// @param from where the stretch begins that is looked at
    /// @param slot the stretch is told apart in slots of this length
    /// @param ages and, back from `now`, by these ages, the youngest first
    public record Question(
            Map<String, Set<Track>> tracks,
            Instant from,
            Instant now,
            Duration slot,
            List<Duration> ages) {

        private List<Asked> asked() {
            return tracks.entrySet().stream()
                    .flatMap(one ->
                            one.getValue().stream().map(track -> new Asked(one.getKey(), track)))
                    .toList();
        }

        /// Where one slot ends and the next begins.
        private List<Instant> slotEnds() {
            return Stream.iterate(from.plus(slot), end -> !end.isAfter(now), end -> end.plus(slot))
                    .toList();
        }

        /// How far the ages reach back, the earliest first.
        private List<Instant> ageBegins() {
            return ages.reversed().stream().map(now::minus).toList();
        }
    }

    private record Asked(String route, Track track) {}

    /// What one arm of a route served in one slot and of one age.
    ///
    /// @param slot counted from the stretch's beginning
    /// @param age how many of the asked ages it is older than
    /// @param sum of the values, where the track sums up
    public record Sum(
            String route, Track track, Arm arm, int slot, int age, long n, long bad, double sum) {

        /// A label that came late may lie beyond the edge of the slot that has its call.
        public Tally.Counts counts() {
            return new Tally.Counts(n, Math.clamp(bad, 0, n));
        }
    }

    /// In no order; what nobody served is not there.
    public List<Sum> sums(Question question) {
        if (question.tracks.isEmpty()) {
            return List.of();
        }
        try (var connection = database.getConnection()) {
            return sums(connection, question);
        } catch (SQLException e) {
            throw new DatabaseFailed("what the routes served was not read", e);
        }
    }

    private static List<Sum> sums(Connection connection, Question question) throws SQLException {
        var asked = question.asked();
        var from = question.from.atOffset(ZoneOffset.UTC);
        try (var query = connection.prepareStatement(SUMS)) {
            query.setObject(1, from);
            query.setBoolean(2, question.slot.compareTo(HOUR) >= 0);
            query.setArray(3, texts(connection, asked.stream().map(Asked::route)));
            query.setArray(4, texts(connection, asked.stream().map(one -> one.track.key())));
            query.setArray(5, texts(connection, question.tracks.keySet().stream()));
            query.setObject(6, from);
            query.setObject(7, question.now.minus(Summing.EXACT).atOffset(ZoneOffset.UTC));
            query.setObject(8, from);
            query.setArray(9, times(connection, question.slotEnds()));
            query.setArray(10, times(connection, question.ageBegins()));
            var sums = new ArrayList<Sum>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    var one = asked.get(rows.getInt(1) - 1);
                    sums.add(
                            new Sum(
                                    one.route,
                                    one.track,
                                    StoredArm.of(rows.getInt(2)),
                                    rows.getInt(3),
                                    question.ages.size() - rows.getInt(4),
                                    rows.getLong(5),
                                    rows.getLong(6),
                                    rows.getDouble(7)));
                }
            }
            return sums;
        }
    }

    private static Array texts(Connection connection, Stream<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    private static Array times(Connection connection, List<Instant> times) throws SQLException {
        return connection.createArrayOf(
                "timestamptz", times.stream().map(Instant::toString).toArray());
    }
}
