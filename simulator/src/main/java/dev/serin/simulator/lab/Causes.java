package dev.serin.simulator.lab;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Condition.Consequence;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.Finding.Breached;
import dev.serin.engine.rollout.Outcome;
import dev.serin.engine.rollout.Phase.AwaitingApproval;
import dev.serin.engine.rollout.Phase.Complete;
import dev.serin.engine.rollout.Phase.Observing;
import dev.serin.engine.rollout.Phase.Paused;
import dev.serin.engine.rollout.Phase.RolledBack;
import dev.serin.engine.rollout.Phase.Waiting;
import dev.serin.engine.rollout.Rollout;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What ended a run or keeps it, in words that are the same for runs alike, so that they can be
/// counted.
final class Causes {

    static final String PROMOTED = "promoted";
    static final String EXPOSED = "reached the plan's exposure cap";

    private static final String BROKE = "broke ";
    private static final String UNANSWERED = "nobody approved in time";
    private static final String BY_HAND = "rolled back by hand";

    private Causes() {}

    /// @param findings what ended the run
    /// @param unmet what an undecided one waits for
    static String of(Rollout rollout, List<Finding> findings, Optional<Condition> unmet) {
        return switch (rollout.phase()) {
            case Complete _ -> PROMOTED;
            case RolledBack(_, _, var outcome) -> ended(outcome, findings);
            case AwaitingApproval _ -> "waits for a person to approve";
            case Paused paused -> "asks about " + String.join(", ", new TreeSet<>(paused.asked()));
            case Waiting _ -> "waits for a freeze to end";
            case Observing _ ->
                    unmet.map(condition -> "undecided: " + condition.text())
                            .orElse("its step's time is not over");
        };
    }

    /// Whether a reason is one for the baseline.
    static boolean isRollback(String reason) {
        return reason.startsWith(BROKE)
                || reason.equals(EXPOSED)
                || reason.equals(UNANSWERED)
                || reason.equals(BY_HAND);
    }

    private static String ended(Outcome outcome, List<Finding> findings) {
        return switch (outcome.kind()) {
            case BREACHED ->
                    findings.stream()
                            .filter(Breached.class::isInstance)
                            .map(Finding::condition)
                            .filter(condition -> condition.then() == Consequence.ROLL_BACK)
                            .findFirst()
                            .map(condition -> BROKE + condition.text())
                            .orElse(BROKE + "a condition");
            case EXPOSURE -> EXPOSED;
            case REJECTED -> UNANSWERED;
            case ROLLED_BACK_BY_HAND -> BY_HAND;
            case PROMOTED -> PROMOTED;
        };
    }
}
