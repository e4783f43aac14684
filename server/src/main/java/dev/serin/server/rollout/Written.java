package dev.serin.server.rollout;

import dev.serin.engine.rollout.Decision;
import dev.serin.engine.rollout.Decision.Moved;
import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Judgement;
import dev.serin.engine.rollout.Phase;
import dev.serin.engine.rollout.Signal;
import dev.serin.server.OneColumn;
import dev.serin.server.notice.Notices;
import dev.serin.server.notice.Occasion;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/// What a decision leaves behind beside the new state, all in the decision's transaction.
@ApplicationScoped
class Written {

    private static final int NAME_BYTES = 9;

    private final Session database;
    private final MeterRegistry meters;
    private final Notices notices;
    private final Shown shown;

    Written(Session database, MeterRegistry meters, Notices notices, Shown shown) {
        this.database = database;
        this.meters = meters;
        this.notices = notices;
        this.shown = shown;
    }

    /// Journal, steps entered, messages to who wants to hear of it, the end of what was shown at a gate
    /// that is left, and a word to all replicas once the transaction has committed.
    void entries(RolloutRow row, Moved moved) {
        entries(row, moved.entries());
        notices.write(
                new Occasion(
                        row.id,
                        row.route,
                        row.team,
                        row.enginePlan(),
                        row.simulated,
                        row.plan.addresses(),
                        moved.entries()));
        if (!(row.phase instanceof Phase.AwaitingApproval)) {
            shown.left(row.id);
        }
    }

    private void entries(RolloutRow row, List<Entry> entries) {
        JournalRow.append(row, entries);
        database.flush();
        for (var entry : entries) {
            if (entry instanceof Entry.StepEntered entered) {
                stepEntered(row.id, entered);
            }
        }
        changed(row.id);
    }

    /// Journal and steps of what a run that was played elsewhere went through; nobody is told.
    void past(RolloutRow row, List<Entry> entries) {
        entries(row, entries);
    }

    /// Wakes the other replicas and the open pages after commit.
    void changed(UUID rollout) {
        OneColumn.of(
                        database,
                        "select cast(pg_notify('serin_changed', ?1) as text) as told",
                        "told",
                        String.class)
                .setParameter(1, rollout.toString())
                .getSingleResult();
    }

    void decided(Signal signal, Decision decision) {
        meters.counter(
                        "serin.decisions",
                        List.of(
                                io.micrometer.core.instrument.Tag.of(
                                        "signal", signal.getClass().getSimpleName()),
                                io.micrometer.core.instrument.Tag.of(
                                        "decision", decision.getClass().getSimpleName())))
                .increment();
    }

    /// A name for what was found, the same for the same numbers at the same version.
    String name(Judgement judged, long version) {
        var text = version + EngineJson.write(judged.current()) + EngineJson.write(judged.blocks());
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void stepEntered(UUID rollout, Entry.StepEntered entered) {
        database.createNativeMutationQuery(
                        "insert into step_entered (rollout, step, at, share) values (?1, ?2, ?3, ?4)")
                .setParameter(1, rollout)
                .setParameter(2, entered.step())
                .setParameter(3, entered.at())
                .setParameter(4, entered.share().fraction())
                .executeUpdate();
    }
}
