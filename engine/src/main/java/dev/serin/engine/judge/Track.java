package dev.serin.engine.judge;

import java.math.BigDecimal;

/// What is tallied of each call. `key()` is stored beside the tally and never changes its meaning.
public sealed interface Track {

    String key();

    /// All calls; bad are those of which anything is known to be bad.
    record Calls() implements Track {
        @Override
        public String key() {
            return "calls";
        }
    }

    /// Calls that carry the mark: [Metric.Rate#ERROR] or a label. Makes [Tally.Counts].
    record Marked(String mark) implements Track {
        @Override
        public String key() {
            return mark.equals(Metric.Rate.ERROR) ? mark : "label:" + mark;
        }
    }

    /// Calls whose quantity is known; bad are those at or over the limit. Makes [Tally.Counts].
    record Reaches(Quantity of, double limit) implements Track {
        @Override
        public String key() {
            return of.key() + ">=" + plain(limit);
        }
    }

    /// The quantity's histogram. Makes [Tally.Histogram].
    record Spread(Quantity of) implements Track {
        @Override
        public String key() {
            return of.key();
        }
    }

    /// The quantity's moments under a cap. Makes [Tally.Moments].
    record Sum(Quantity of, double cap) implements Track {
        @Override
        public String key() {
            return of.key() + "/" + plain(cap);
        }
    }

    /// Moments of cost + `penalty` for each failed call, under a cap. Makes [Tally.Moments].
    record CostWithFailures(double penalty, double cap) implements Track {
        @Override
        public String key() {
            return "cost_usd+" + plain(penalty) + "/" + plain(cap);
        }
    }

    /// Keys seen for the first time in the step. Makes [Tally.Counts] without bad ones.
    record Keys() implements Track {
        @Override
        public String key() {
            return "keys";
        }
    }

    /// Failed calls of one class. Makes [Tally.Counts], all of them bad.
    record Failures(String errorClass) implements Track {
        @Override
        public String key() {
            return "failures:" + errorClass;
        }
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
