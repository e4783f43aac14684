package dev.serin.server.evidence;

import dev.serin.server.DatabaseFailed;
import dev.serin.server.SerinConfig;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;

/// Makes room for the calls of the days to come, and lets go of what is kept no longer.
@ApplicationScoped
public class Housekeeping {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    private static final int DAYS_AHEAD = 7;

    /// Tables with a partition for each day on which rollouts began.
    private static final List<String> BY_DAYS = List.of("call", "call_span");

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);

    /// So that one replica does it at a time.
    private static final long LOCK = 0x5e21_0001L;

    private final AgroalDataSource database;
    private final InstantSource clock;
    private final SerinConfig.Intake config;
    private final Counter orphans;

    Housekeeping(
            AgroalDataSource database,
            InstantSource clock,
            SerinConfig config,
            MeterRegistry meters) {
        this.database = database;
        this.clock = clock;
        this.config = config.intake();
        this.orphans = meters.counter("serin.labels.orphaned");
    }

    @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    public void keep() {
        try {
            // Each by itself: what intake waits for is locked for as short as can be, and one table
            // at a time.
            for (var table : BY_DAYS) {
                alone((connection, now) -> keepDays(connection, table, now));
            }
            alone((connection, now) -> {
                CallSpan.forget(connection, kept(now));
                forget(connection, now);
            });
        } catch (RuntimeException e) {
            LOG.warnf("old calls were not cleared away: %s; tried again in an hour", e);
        }
    }

    private interface Chore {
        void run(Connection connection, Instant now) throws SQLException;
    }

    /// Does something in a transaction of its own, unless another replica is at it.
    private void alone(Chore chore) {
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    try (var connection = database.getConnection()) {
                        if (isAlone(connection)) {
                            chore.run(connection, clock.instant());
                        }
                    } catch (SQLException e) {
                        throw new DatabaseFailed("the calls were not tidied", e);
                    }
                });
    }

    private void keepDays(Connection connection, String table, Instant now) throws SQLException {
        for (int i = 0; i <= DAYS_AHEAD; i++) {
            make(connection, table, day(now).plusDays(i));
        }
        drop(connection, table, kept(now));
    }

    /// The first day of which single calls are kept.
    private LocalDate kept(Instant now) {
        return day(now).minusDays(config.callsKept().toDays());
    }

    private static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    private static boolean isAlone(Connection connection) throws SQLException {
        try (var query =
                connection.prepareStatement("select pg_try_advisory_xact_lock(" + LOCK + ")")) {
            try (var rows = query.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    /// Days whose calls lie among the others already are left as they are.
    private static void make(Connection connection, String table, LocalDate day)
            throws SQLException {
        var partition = "%s_%s".formatted(table, DAY.format(day));
        try (var query =
                connection.prepareStatement(
                        """
                        select to_regclass(?) is null
                          and not exists (select 1 from %s_other where began = ?)\
                        """
                                .formatted(table))) {
            query.setString(1, partition);
            query.setObject(2, day);
            try (var rows = query.executeQuery()) {
                if (!rows.next() || !rows.getBoolean(1)) {
                    return;
                }
            }
        }
        // Rows are added and hardly ever changed, and a day is let go as a whole. To vacuum it each
        // time
        // that it grew by a fifth takes PostgreSQL a fifth of what storing the calls does.
        try (var statement = connection.createStatement()) {
            statement.execute(
                    """
                    create table %s partition of %s for values from ('%s') to ('%s')
                    with (autovacuum_vacuum_insert_threshold = -1)\
                    """
                            .formatted(partition, table, day, day.plusDays(1)));
        }
    }

    /// A day goes when all rollouts that began on it ended long enough ago.
    private static void drop(Connection connection, String table, LocalDate before)
            throws SQLException {
        var days = new ArrayList<String>();
        try (var query =
                connection.prepareStatement(
                        """
                        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                        where i.inhparent = ?::regclass and c.relname ~ '_[0-9]{8}$'
                          and right(c.relname, 8)::date < ?
                          and not exists (
                            select 1 from rollout r
                            where (r.started_at at time zone 'UTC')::date
                                = right(c.relname, 8)::date
                              and (r.ended_at is null or r.ended_at >= ?::date))\
                        """)) {
            query.setString(1, table);
            query.setObject(2, before);
            query.setObject(3, before);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    days.add(rows.getString(1));
                }
            }
        }
        for (var day : days) {
            try (var statement = connection.createStatement()) {
                statement.execute("drop table " + day);
            }
        }
    }

    private void forget(Connection connection, Instant now) throws SQLException {
        int orphaned = WaitingRow.forget(connection, now.minus(config.labelsKept()));
        if (orphaned > 0) {
            orphans.increment(orphaned);
            LOG.infof(
                    "%d labels were let go: their calls were not reported within %s",
                    orphaned, config.labelsKept());
        }
        var before = now.minus(config.answersKept()).atOffset(ZoneOffset.UTC);
        try (var delete = connection.prepareStatement("delete from batch where at < ?")) {
            delete.setObject(1, before);
            delete.executeUpdate();
        }
    }
}
