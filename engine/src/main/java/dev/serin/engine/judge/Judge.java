package dev.serin.engine.judge;

import java.time.Instant;
import java.util.List;

/// Judges conditions against the evidence of one step.
public final class Judge {

    private Judge() {}

    /// What the evidence says of each condition at `now`, in the conditions' order.
    ///
    /// @param fullShare whether the candidate gets all calls, so that relative conditions rest
    public static List<Finding> candidate(
            List<Condition> conditions,
            Strictness strictness,
            StepEvidence evidence,
            boolean fullShare,
            Instant now) {
        return List.of();
    }

    /// The same question asked of the baseline alone; relative conditions rest.
    public static List<Finding> baseline(
            List<Condition> conditions, Strictness strictness, StepEvidence evidence, Instant now) {
        return List.of();
    }
}
