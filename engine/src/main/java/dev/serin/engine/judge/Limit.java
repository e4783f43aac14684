package dev.serin.engine.judge;

/// What a metric is held against.
public sealed interface Limit {

    /// A fixed value in the metric's unit.
    record Absolute(double value) implements Limit {

        public Absolute {
            if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a limit is above 0, got " + value);
            }
        }
    }

    /// The concurrent baseline's value, times `factor`, plus `offset`.
    ///
    /// @param factor above 0
    /// @param offset in the metric's unit; may be negative
    record Relative(double factor, double offset) implements Limit {

        public Relative {
            if (!(factor > 0 && factor < Double.POSITIVE_INFINITY) || !Double.isFinite(offset)) {
                throw new IllegalArgumentException(
                        "a relative limit is factor * baseline + offset with a factor above 0, got "
                                + factor
                                + " and "
                                + offset);
            }
        }

        /// Whether the finding is told in times the baseline; else in the difference to it.
        public boolean isRatio() {
            return offset == 0;
        }
    }
}
