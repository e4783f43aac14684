package dev.serin.server.evidence;

import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.DatabaseFailed;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Sums up what routes served, over all their rollouts, by time.
///
/// Real calls and simulated ones are never added: a route that has ever had a real rollout shows only
/// those. Replayed calls are no calls of the route.
@ApplicationScoped
public class Served {

    /// One pass over the tallies of the stretch, and over the hours of rollouts that ended a while
    /// ago. A stretch of 10 s, and such an hour, counts in a window that it reaches into, as it does
    /// on the page of a rollout.
    private static final String SUMS =
            """
            with asked as (
              select * from unnest(?::text[], ?::text[]) as u (route, metric)),
            runs as (
              select r.route, r.id, ? and r.ended_at < ? and u.pulses is not distinct from coalesce(
                (select sum(n) from pulse where rollout = r.id), 0) as summed
              from rollout r left join served_until u on u.rollout = r.id
              where r.route = any (?) and (r.ended_at is null or r.ended_at >= ?)
                and r.replay_of is null
                and r.simulated = not exists (
                  select 1 from rollout o
                  where o.route = r.route and not o.simulated and o.replay_of is null)),
            told as (
              select r.route, t.metric, t.arm, s.at + t.bucket * interval '10 seconds' as at,
                10 as long, t.n, t.bad, t.sum
              from runs r
              join step_entered s on s.rollout = r.id
              join asked a on a.route = r.route
              cross join (values (0::smallint), (1::smallint)) as arms (arm)
              join tally t on t.rollout = s.rollout and t.step = s.step and t.arm = arms.arm
                and t.metric = a.metric
                and t.bucket > extract(epoch from ?::timestamptz - s.at)::float8 / 10 - 1
              where not r.summed
              union all
              select r.route, h.metric, h.arm, h.hour, 3600, h.n, h.bad, h.sum
              from runs r
              join asked a on a.route = r.route
              join served h on h.rollout = r.id and h.metric = a.metric
              where r.summed and h.hour > ?::timestamptz - interval '1 hour')
            select route, metric, arm,
              greatest(0, floor(extract(epoch from at - ?::timestamptz)::float8 / ?))::int,
              width_bucket(extract(epoch from ?::timestamptz - at)::float8 - long, ?::float8[]),
              sum(n), sum(bad), sum(sum)
            from told
            group by 1, 2, 3, 4, 5\
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
            List<Duration> ages) {}

    /// What one arm of a route served in one slot and of one age.
    ///
    /// @param slot counted from the stretch's beginning
    /// @param age how many of the asked ages it is older than
    /// @param sum of the values, where the track sums up
    public record Sum(
            String route, Track track, Arm arm, int slot, int age, long n, long bad, double sum) {

        public Tally.Counts counts() {
            return new Tally.Counts(n, bad);
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
        var routes = new ArrayList<String>();
        var metrics = new ArrayList<String>();
        question.tracks.forEach((route, tracks) ->
                tracks.forEach(track -> {
                    routes.add(route);
                    metrics.add(track.key());
                }));
        var from = question.from.atOffset(ZoneOffset.UTC);
        try (var query = connection.prepareStatement(SUMS)) {
            query.setArray(1, connection.createArrayOf("text", routes.toArray()));
            query.setArray(2, connection.createArrayOf("text", metrics.toArray()));
            query.setBoolean(3, question.slot.compareTo(HOUR) >= 0);
            query.setObject(4, question.now.minus(Summing.EXACT).atOffset(ZoneOffset.UTC));
            query.setArray(5, connection.createArrayOf("text", question.tracks.keySet().toArray()));
            query.setObject(6, from);
            query.setObject(7, from);
            query.setObject(8, from);
            query.setObject(9, from);
            query.setDouble(10, seconds(question.slot));
            query.setObject(11, question.now.atOffset(ZoneOffset.UTC));
            query.setArray(
                    12,
                    connection.createArrayOf(
                            "float8", question.ages.stream().map(Served::seconds).toArray()));
            var sums = new ArrayList<Sum>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    sums.add(
                            new Sum(
                                    rows.getString(1),
                                    Track.parse(rows.getString(2)),
                                    StoredArm.of(rows.getInt(3)),
                                    rows.getInt(4),
                                    rows.getInt(5),
                                    rows.getLong(6),
                                    rows.getLong(7),
                                    rows.getDouble(8)));
                }
            }
            return sums;
        }
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
