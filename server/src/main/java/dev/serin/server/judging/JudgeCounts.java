package dev.serin.server.judging;

import dev.serin.server.Bounded;
import dev.serin.server.DatabaseFailed;
import dev.serin.server.evidence.Replica;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Counts what became of answers that were to be judged, and what that cost, and writes it down now and
/// then: a judge's budget outlives this process, and is the same for all.
@ApplicationScoped
class JudgeCounts {

    private static final Logger LOG = Logger.getLogger(JudgeCounts.class);

    private static final int MOST_ROLLOUTS = 1_000;

    private final AgroalDataSource database;
    private final InstantSource clock;
    private final Replica replica;
    private final MeterRegistry meters;

    /// Held while rows are written: what two wrote at once would count twice.
    private final ReentrantLock writing = new ReentrantLock();

    private final Map<UUID, JudgeRow> unwritten = new HashMap<>();
    private final Map<UUID, Double> written = Bounded.byUse(MOST_ROLLOUTS);

    JudgeCounts(
            AgroalDataSource database, InstantSource clock, Replica replica, MeterRegistry meters) {
        this.database = database;
        this.clock = clock;
        this.replica = replica;
        this.meters = meters;
    }

    /// @param trouble why it got no label; null if it did
    synchronized void add(UUID rollout, Outcome outcome, double usd, @Nullable String trouble) {
        meters.counter("serin.judge.answers", "what", outcome.word()).increment();
        var before = unwritten.getOrDefault(rollout, new JudgeRow(rollout, 0, 0, 0, 0, 0, null));
        unwritten.put(
                rollout,
                new JudgeRow(
                        rollout,
                        before.labelled() + (outcome == Outcome.LABELLED ? 1 : 0),
                        before.unreadable() + (outcome == Outcome.UNREADABLE ? 1 : 0),
                        before.failed()
                                + (outcome == Outcome.FAILED || outcome == Outcome.NO_TEXT ? 1 : 0),
                        before.leftOut()
                                + (outcome == Outcome.BUSY || outcome == Outcome.COST ? 1 : 0),
                        before.usd() + usd,
                        trouble));
    }

    /// What the judge of a rollout has cost, as far as is known here.
    ///
    /// @throws RuntimeException if that must be read first, and cannot be
    double spent(UUID rollout) {
        synchronized (this) {
            var known = written.get(rollout);
            if (known != null) {
                var since = unwritten.get(rollout);
                return known + (since == null ? 0 : since.usd());
            }
        }
        double read = QuarkusTransaction.requiringNew().call(() -> read(rollout));
        synchronized (this) {
            written.put(rollout, read);
        }
        return spent(rollout);
    }

    /// Writes down what was counted since the last time, and reads what others wrote.
    void write() {
        writing.lock();
        try {
            writeAll();
        } finally {
            writing.unlock();
        }
    }

    private void writeAll() {
        Map<UUID, JudgeRow> rows;
        synchronized (this) {
            rows = Map.copyOf(unwritten);
        }
        for (var row : rows.values()) {
            try {
                double spent = QuarkusTransaction.requiringNew().call(() -> write(row));
                settle(row, spent);
            } catch (RuntimeException e) {
                LOG.debugf("what a judge did was not stored: %s; tried again", e);
            }
        }
    }

    private synchronized void settle(JudgeRow row, double spent) {
        written.put(row.rollout(), spent);
        var now = unwritten.get(row.rollout());
        if (now == null || now.equals(row)) {
            unwritten.remove(row.rollout());
            return;
        }
        unwritten.put(
                row.rollout(),
                new JudgeRow(
                        row.rollout(),
                        now.labelled() - row.labelled(),
                        now.unreadable() - row.unreadable(),
                        now.failed() - row.failed(),
                        now.leftOut() - row.leftOut(),
                        now.usd() - row.usd(),
                        now.trouble()));
    }

    private double write(JudgeRow row) {
        try (var connection = database.getConnection()) {
            row.add(connection, replica.name(), clock.instant());
            return JudgeRow.spent(connection, row.rollout());
        } catch (SQLException e) {
            throw new DatabaseFailed("what a judge did was not stored", e);
        }
    }

    private double read(UUID rollout) {
        try (var connection = database.getConnection()) {
            return JudgeRow.spent(connection, rollout);
        } catch (SQLException e) {
            throw new DatabaseFailed("what a judge has cost was not read", e);
        }
    }
}
