package dev.serin.server.rollout;

import dev.serin.engine.rollout.Phase;
import dev.serin.engine.rollout.Signal;
import dev.serin.server.audit.Audit;
import dev.serin.server.audit.Deed;
import dev.serin.server.words.RolloutWords;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes what people do to rollouts into the audit. What Serin does by itself is in the journal.
@ApplicationScoped
class Audited {

    private final Audit audit;

    Audited(Audit audit) {
        this.audit = audit;
    }

    /// @param before the rollout's state before the signal
    /// @param refused why nothing came of it, null if it was done
    void signal(
            RolloutRow row, Signal signal, String before, @Nullable String refused, Instant now) {
        switch (signal) {
            case Signal.Tick _ -> {}
            case Signal.Approve(var by, var why, _, _) ->
                    write(row, by, "approve", why, before, refused, now);
            case Signal.Reject(var by, var why) ->
                    write(row, by, "reject", why, before, refused, now);
            case Signal.Pause(var by, var why) ->
                    write(row, by, "pause", why, before, refused, now);
            case Signal.Resume(var by, var why) ->
                    write(row, by, "resume", why, before, refused, now);
            case Signal.Promote(var by, var why, _) ->
                    write(row, by, "promote", why, before, refused, now);
            case Signal.RollBack(var by, var why) ->
                    write(row, by, "rollback", why, before, refused, now);
        }
    }

    /// A rollout that began where the route's model was `model`.
    void began(String what, RolloutRow row, String by, String why, String model, Instant now) {
        audit.write(
                new Deed(
                        now,
                        by,
                        what,
                        new Deed.About(row.route, row.id, row.team),
                        why,
                        null,
                        model + " serves",
                        "%s: %s".formatted(row.enginePlan().candidate(), state(row))));
    }

    /// A wish to begin one of which nothing came.
    void beganNot(
            String what,
            Deed.About about,
            String by,
            String why,
            String refused,
            String model,
            Instant now) {
        var state = model + " serves";
        audit.write(new Deed(now, by, what, about, why, refused, state, state));
    }

    /// Where a rollout stands: `version 3, observing 25% ramp, the candidate gets 25 %`.
    static String state(RolloutRow row) {
        var rollout = row.rollout();
        var step = rollout.plan().step(rollout.step()).name();
        var share =
                BigDecimal.valueOf(rollout.share().basisPoints(), 2)
                        .stripTrailingZeros()
                        .toPlainString();
        var phase =
                switch (row.phase) {
                    case Phase.Waiting _ -> "not begun";
                    case Phase.Observing _ -> "observing " + step;
                    case Phase.AwaitingApproval gate ->
                            "gate of %s open, %d approved"
                                    .formatted(step, gate.approvedBy().size());
                    case Phase.Paused _, Phase.Complete _, Phase.RolledBack _ ->
                            "%s in %s"
                                    .formatted(
                                            RolloutWords.state(row.phase).toLowerCase(Locale.ROOT),
                                            step);
                };
        return "version %d, %s, the candidate gets %s %%".formatted(row.version, phase, share);
    }

    private void write(
            RolloutRow row,
            String by,
            String what,
            String why,
            String before,
            @Nullable String refused,
            Instant now) {
        audit.write(
                new Deed(
                        now,
                        by,
                        what,
                        new Deed.About(row.route, row.id, row.team),
                        why,
                        refused,
                        before,
                        state(row)));
    }
}
