package dev.serin.simulator.lab;

import dev.serin.engine.judge.Condition;
import java.util.List;

/// How what becomes of a candidate follows the truth: the plan's operating characteristic in one
/// condition, for a model that is otherwise like the harmless one.
///
/// @param limit the condition's, in the metric's unit
/// @param points by rising rate
public record Curve(Condition condition, double limit, List<Point> points) {

    /// Runs of a model whose true value is known.
    ///
    /// @param rate the true value, in the metric's unit
    /// @param runs 0 or more
    /// @param rolledBack of these
    /// @param promoted of these; the rest was stuck
    /// @param thresholdRolledBack runs that the original's plain rule rolls back
    public record Point(
            double rate, int runs, int rolledBack, int promoted, int thresholdRolledBack) {

        public Point {
            if (!(rate >= 0)
                    || rolledBack < 0
                    || promoted < 0
                    || rolledBack + promoted > runs
                    || thresholdRolledBack < 0
                    || thresholdRolledBack > runs) {
                throw new IllegalArgumentException(
                        "a point has a rate of 0 or more and counts up to its runs: %s, %d, %d, %d, %d"
                                .formatted(rate, runs, rolledBack, promoted, thresholdRolledBack));
            }
        }
    }

    public Curve {
        points = List.copyOf(points);
        if (!(limit > 0)) {
            throw new IllegalArgumentException("a limit is above 0, got " + limit);
        }
    }
}
