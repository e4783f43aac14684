package dev.serin.engine.slo;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import java.time.Instant;

/// The part of the calls that may be bad.
///
/// @param total above 0 to 1; 0.05 for an objective of 95 %
public record ErrorBudget(double total) {

    public ErrorBudget {
        if (!(total > 0 && total <= 1)) {
            throw new IllegalArgumentException("an error budget is above 0 to 1, got " + total);
        }
    }

    /// What is left of it after these calls.
    public BudgetState after(Tally.Counts counts) {
        return new BudgetState(total, counts.n(), counts.bad());
    }

    /// What the candidate's calls have left of it, over all steps. A call that is bad in two ways
    /// counts once.
    public BudgetState of(Evidence evidence) {
        var counts = Tally.Counts.NONE;
        for (var step : evidence.steps()) {
            for (var bucket : step.filled()) {
                counts = counts.plus(bucket.candidate().counts(new Track.Calls()));
            }
        }
        return after(counts);
    }

    /// What the candidate's calls within the objective's window have left of its budget.
    public static BudgetState of(Objective objective, Evidence evidence, Instant now) {
        var counts = Window.candidate(objective, evidence, now);
        return new ErrorBudget(objective.budget()).after(counts);
    }
}
