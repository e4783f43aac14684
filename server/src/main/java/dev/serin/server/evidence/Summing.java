package dev.serin.server.evidence;

import dev.serin.server.DatabaseFailed;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;

/// Adds up by hours what ended rollouts served, for the pages of routes.
///
/// **The hours are used only while nothing came since.** They carry the pulses that they were summed
/// up at; whoever reads compares. So a label that comes days later is seen at once, from the tallies,
/// and no lock is needed between those that store and those that sum up. Triggers keep the sums of whole
/// routes (`route_served`) equal to the hours of their rollouts, stale ones too; whoever reads takes those out.
@ApplicationScoped
public class Summing {

    private static final Logger LOG = Logger.getLogger(Summing.class);

    /// Windows up to this long are read from the tallies, to 10 s.
    static final Duration EXACT = Duration.ofHours(6);

    /// The longest window of an objective.
    private static final Duration KEPT = Duration.ofDays(31);

    private static final int AT_ONCE = 200;

    /// So that one replica does it at a time.
    private static final long LOCK = 0x5e21_0003L;

    private static final String ALONE = "select pg_try_advisory_xact_lock(" + LOCK + ")";

    /// One statement, so that pulses and tallies are of the same moment.
    private static final String SUM =
            """
            with chosen as (
              select r.id, coalesce(p.n, 0) as pulses
              from rollout r
              left join lateral (select sum(n) as n from pulse where rollout = r.id) p on true
              left join served_until u on u.rollout = r.id
              where r.ended_at >= ? and r.ended_at < ?
                and r.replay_of is null and u.pulses is distinct from coalesce(p.n, 0)
              limit ?),
            hours as (
              insert into served as h (rollout, metric, arm, hour, n, bad, sum)
              select t.rollout, t.metric, t.arm,
                date_trunc('hour', s.at + t.bucket * interval '10 seconds', 'UTC'),
                sum(t.n), sum(t.bad), sum(t.sum)
              from chosen c
              join step_entered s on s.rollout = c.id
              join tally t on t.rollout = s.rollout and t.step = s.step
              where t.histogram is null
              group by 1, 2, 3, 4
              on conflict (rollout, metric, arm, hour) do update set
                n = excluded.n, bad = excluded.bad, sum = excluded.sum)
            insert into served_until (rollout, pulses) select id, pulses from chosen
            on conflict (rollout) do update set pulses = excluded.pulses\
            """;

    private static final String FORGET =
            """
            delete from served_until u using rollout r
            where r.id = u.rollout and r.ended_at < ?\
            """;

    private final AgroalDataSource database;
    private final InstantSource clock;

    Summing(AgroalDataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    public void sum() {
        try {
            while (QuarkusTransaction.requiringNew().call(this::some) == AT_ONCE) {
                LOG.debugf("%d rollouts were summed up; there are more", AT_ONCE);
            }
        } catch (RuntimeException e) {
            LOG.warnf("what routes served was not summed up: %s; tried again in a minute", e);
        }
    }

    private int some() {
        var now = clock.instant();
        try (var connection = database.getConnection()) {
            if (!isAlone(connection)) {
                return 0;
            }
            forget(connection, now.minus(KEPT));
            return some(connection, now.minus(KEPT), now.minus(EXACT));
        } catch (SQLException e) {
            throw new DatabaseFailed("what routes served was not summed up", e);
        }
    }

    private static boolean isAlone(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement(ALONE);
                var rows = query.executeQuery()) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static int some(Connection connection, Instant from, Instant until)
            throws SQLException {
        try (var insert = connection.prepareStatement(SUM)) {
            insert.setObject(1, from.atOffset(ZoneOffset.UTC));
            insert.setObject(2, until.atOffset(ZoneOffset.UTC));
            insert.setInt(3, AT_ONCE);
            return insert.executeUpdate();
        }
    }

    private static void forget(Connection connection, Instant before) throws SQLException {
        try (var delete = connection.prepareStatement(FORGET)) {
            delete.setObject(1, before.atOffset(ZoneOffset.UTC));
            delete.executeUpdate();
        }
    }
}
