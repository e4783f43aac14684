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

    private static String ended(Outcome outcome, List<Finding> findings) {
        return switch (outcome.kind()) {
            case BREACHED ->
                    findings.stream()
                            .filter(Breached.class::isInstance)
                            .map(Finding::condition)
                            .filter(condition -> condition.then() == Consequence.ROLL_BACK)
                            .findFirst()
                            .map(condition -> "broke " + condition.text())
                            .orElse("broke a condition");
            case EXPOSURE -> "reached the plan's exposure cap";
            case REJECTED -> "nobody approved in time";
            case ROLLED_BACK_BY_HAND -> "rolled back by hand";
            case PROMOTED -> PROMOTED;
        };
    }
}
