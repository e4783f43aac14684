package dev.serin.engine.slo;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Tally;
import java.time.Instant;

/// Reads an objective's window from a rollout's evidence, in whole buckets: one that reaches into the
/// window counts.
final class Window {

    private Window() {}

    static Tally.Counts candidate(Objective objective, Evidence evidence, Instant now) {
        var track = objective.track();
        var from = now.minus(objective.window());
        var counts = Tally.Counts.NONE;
        for (var step : evidence.steps()) {
            for (var bucket : step.filled()) {
                if (step.end(bucket).isAfter(from)) {
                    counts = counts.plus(bucket.candidate().counts(track));
                }
            }
        }
        return counts;
    }
}
