package dev.serin.simulator.lab;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What became of one candidate.
///
/// @param runs rollouts that were played, 0 or more
/// @param promoted of these, those that ended with the candidate as the route's model
/// @param rolledBack those that ended with the baseline, whatever the reason
/// @param stuck those that had not ended at the order's limit, paused ones among them
/// @param calls candidate calls until the end, among decided runs
/// @param time from start to end, among decided runs
/// @param exposed what the candidate got to do, means over all runs
/// @param thresholdRule what the original's plain rule makes of the same candidate
/// @param reasons runs by what ended them or what they wait for, the most frequent first
public record LabResult(
        String name,
        int runs,
        int promoted,
        int rolledBack,
        int stuck,
        Spread calls,
        TimeSpread time,
        Exposed exposed,
        ThresholdRule thresholdRule,
        Map<String, Integer> reasons) {

    /// Candidate calls to the decision; both are 0 where no run was decided.
    ///
    /// @param median half of the decided runs needed at most as many
    /// @param p95 95 % of the decided runs needed at most as many
    public record Spread(double median, double p95) {

        public static final Spread NONE = new Spread(0, 0);

        public Spread {
            if (!(median >= 0 && p95 >= median)) {
                throw new IllegalArgumentException(
                        "a median is 0 or more and its p95 not below, got " + median + ", " + p95);
            }
        }
    }

    /// Virtual time to the decision; both are 0 where no run was decided.
    public record TimeSpread(Duration median, Duration p95) {

        public static final TimeSpread NONE = new TimeSpread(Duration.ZERO, Duration.ZERO);

        public TimeSpread {
            if (median.isNegative() || p95.compareTo(median) < 0) {
                throw new IllegalArgumentException(
                        "a median is 0 or more and its p95 not below, got " + median + ", " + p95);
            }
        }
    }

    /// What the candidate got to do until a run's end, its calls still under way included; means
    /// per run.
    ///
    /// @param calls that the candidate was given
    /// @param keys distinct callers with at least one of them
    /// @param badCalls those of which anything is bad
    /// @param usd spent on them
    public record Exposed(double calls, double keys, double badCalls, double usd) {

        public static final Exposed NONE = new Exposed(0, 0, 0, 0);

        public Exposed {
            if (!(calls >= 0 && keys >= 0 && badCalls >= 0 && usd >= 0)) {
                throw new IllegalArgumentException(
                        "exposure is 0 or more, got %s, %s, %s, %s"
                                .formatted(calls, keys, badCalls, usd));
            }
        }
    }

    /// The original's plain rule: 50 candidate calls in each step, the plain estimate held against
    /// each limit, the p95 an empirical one.
    ///
    /// @param promoted part of the runs that it promotes, 0 to 1
    /// @param rolledBack part of the runs that it rolls back, 0 to 1; together they are 1, or both 0
    ///     without runs
    public record ThresholdRule(double promoted, double rolledBack) {

        public static final ThresholdRule NONE = new ThresholdRule(0, 0);

        public ThresholdRule {
            if (!(promoted >= 0 && promoted <= 1 && rolledBack >= 0 && rolledBack <= 1)) {
                throw new IllegalArgumentException(
                        "parts are 0 to 1, got " + promoted + " and " + rolledBack);
            }
        }
    }

    public LabResult {
        reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
        if (promoted < 0 || rolledBack < 0 || stuck < 0 || promoted + rolledBack + stuck != runs) {
            throw new IllegalArgumentException(
                    "%s: promoted, rolled back and stuck runs make all of them, got %d, %d, %d of %d"
                            .formatted(name, promoted, rolledBack, stuck, runs));
        }
    }
}
