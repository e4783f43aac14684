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

    /// One pass over the tallies of the stretch. A stretch of 10 s counts in a window that it reaches
    /// into, as it does on the page of a rollout.
    private static final String SUMS =
            """
            with asked as (
              select * from unnest(?::text[], ?::text[]) as u (route, metric)),
            steps as (
              select r.route, s.rollout, s.step, s.at
              from rollout r join step_entered s on s.rollout = r.id
              where r.route = any (?) and (r.ended_at is null or r.ended_at >= ?)
                and r.replay_of is null
                and r.simulated = not exists (
                  select 1 from rollout o
                  where o.route = r.route and not o.simulated and o.replay_of is null))
            select s.route, t.metric, t.arm,
              greatest(0, floor(extract(epoch from began.at - ?::timestamptz)::float8 / ?))::int,
              width_bucket(
                extract(epoch from ?::timestamptz - began.at)::float8 - 10, ?::float8[]),
              sum(t.n), sum(t.bad), sum(t.sum)
            from steps s
            join asked a on a.route = s.route
            cross join (values (0::smallint), (1::smallint)) as arms (arm)
            join tally t on t.rollout = s.rollout and t.step = s.step and t.arm = arms.arm
              and t.metric = a.metric
              and t.bucket > extract(epoch from ?::timestamptz - s.at)::float8 / 10 - 1
            cross join lateral (
              select s.at + t.bucket * interval '10 seconds' as at) as began
            group by 1, 2, 3, 4, 5\
            """;

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
            query.setArray(3, connection.createArrayOf("text", question.tracks.keySet().toArray()));
            query.setObject(4, from);
            query.setObject(5, from);
            query.setDouble(6, seconds(question.slot));
            query.setObject(7, question.now.atOffset(ZoneOffset.UTC));
            query.setArray(
                    8,
                    connection.createArrayOf(
                            "float8", question.ages.stream().map(Served::seconds).toArray()));
            query.setObject(9, from);
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
