package dev.serin.server.evidence;

import dev.serin.server.DatabaseFailed;
import dev.serin.server.SerinConfig;
import dev.serin.server.evidence.AgedRow.Stretch;
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
import org.jboss.logging.Logger;

/// Draws the tallies of ended rollouts together as they age: into minutes after a day, into hours after
/// two weeks; and lets go of them in the end.
///
/// **Only of rollouts that ended.** Nobody judges them any more, and sums over a step, an arm and a
/// stretch stay what they were. A label that comes later still is added to them.
@ApplicationScoped
public class Ageing {

    private static final Logger LOG = Logger.getLogger(Ageing.class);

    private static final Duration TO_MINUTES = Duration.ofDays(1);
    private static final Duration TO_HOURS = Duration.ofDays(14);

    /// The longest window of an objective.
    private static final Duration LEAST_KEPT = Duration.ofDays(31);

    /// Rollouts in one transaction, which others may wait for.
    private static final int AT_ONCE = 20;

    /// In one go, so that a long history does not keep the database busy when the server is new.
    private static final int ROUNDS = 200;

    /// So that one replica does it at a time.
    private static final long LOCK = 0x5e21_0004L;

    private static final String ALONE = "select pg_try_advisory_xact_lock(" + LOCK + ")";

    private final AgroalDataSource database;
    private final InstantSource clock;
    private final SerinConfig.Evidence config;

    Ageing(AgroalDataSource database, InstantSource clock, SerinConfig config) {
        this.database = database;
        this.clock = clock;
        this.config = config.evidence();
    }

    @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    public void age() {
        try {
            for (int i = 0; i < ROUNDS; i++) {
                if (QuarkusTransaction.requiringNew().call(this::some) == 0) {
                    return;
                }
            }
        } catch (RuntimeException e) {
            LOG.warnf("old tallies were not drawn together: %s; tried again in an hour", e);
        }
    }

    private int some() {
        var now = clock.instant();
        try (var connection = database.getConnection()) {
            if (!isAlone(connection)) {
                return 0;
            }
            // The oldest first: what is let go need not be drawn together before.
            int done = letGo(connection, now);
            done += draw(connection, Stretch.HOUR, now.minus(TO_HOURS), AT_ONCE - done);
            return done + draw(connection, Stretch.MINUTE, now.minus(TO_MINUTES), AT_ONCE - done);
        } catch (SQLException e) {
            throw new DatabaseFailed("old tallies were not drawn together", e);
        }
    }

    private static boolean isAlone(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement(ALONE);
                var rows = query.executeQuery()) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private int letGo(Connection connection, Instant now) throws SQLException {
        var kept = config.keep().compareTo(LEAST_KEPT) < 0 ? LEAST_KEPT : config.keep();
        var old = AgedRow.old(connection, now.minus(kept), AT_ONCE);
        for (var rollout : old) {
            AgedRow.letGo(connection, rollout);
        }
        return old.size();
    }

    private static int draw(Connection connection, Stretch stretch, Instant before, int atMost)
            throws SQLException {
        var due = AgedRow.due(connection, stretch, before, atMost);
        for (var rollout : due) {
            AgedRow.draw(connection, rollout, stretch);
        }
        return due.size();
    }
}
