package dev.serin.engine.judge;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/// Where a number can lie, and how a bound is looked for there.
///
/// Each search begins at `split`, the value at which the decision falls, and leaves it only to the
/// side on which the bound must lie. So the bound lies past `split` exactly if the evidence at
/// `split` decides.
sealed interface Scale {

    /// The greatest theta at which the falling evidence `f` reaches `level`; the floor if none does.
    ///
    /// @param end a theta at which `f` does not reach it any more
    double greatest(DoubleUnaryOperator f, double level, double split, double end);

    /// The least theta at which the rising evidence `f` reaches `level`; the ceiling if none does.
    ///
    /// @param end a theta at which `f` does not reach it yet
    double least(DoubleUnaryOperator f, double level, double split, double end);

    /// Whether [#greatest] lies at `split` or past it, mostly without looking for it.
    default boolean isAtLeast(DoubleUnaryOperator f, double level, double split, double end) {
        return greatest(f, level, split, end) >= split;
    }

    /// Whether [#least] lies at `split` or below it, mostly without looking for it.
    default boolean isAtMost(DoubleUnaryOperator f, double level, double split, double end) {
        return least(f, level, split, end) <= split;
    }

    /// Any number from `low` to `high`.
    ///
    /// @param floor what is said when nothing is proven from below
    /// @param ceiling what is said when nothing is proven from above
    record Line(double low, double high, double floor, double ceiling) implements Scale {

        @Override
        public boolean isAtLeast(DoubleUnaryOperator f, double level, double split, double end) {
            return f.applyAsDouble(split) >= level || floor >= split;
        }

        @Override
        public boolean isAtMost(DoubleUnaryOperator f, double level, double split, double end) {
            return f.applyAsDouble(split) >= level || ceiling <= split;
        }

        @Override
        public double greatest(DoubleUnaryOperator f, double level, double split, double end) {
            double atSplit = f.applyAsDouble(split);
            if (atSplit >= level) {
                double far = Math.max(split, Math.min(end, high));
                double atFar = f.applyAsDouble(far);
                return atFar >= level
                        ? far
                        : Bisection.falling(f, level, split, atSplit, far, atFar);
            }
            double near = Math.min(low, split);
            double atNear = f.applyAsDouble(near);
            return atNear >= level
                    ? Math.min(
                            Bisection.falling(f, level, near, atNear, split, atSplit),
                            Math.nextDown(split))
                    : floor;
        }

        @Override
        public double least(DoubleUnaryOperator f, double level, double split, double end) {
            double atSplit = f.applyAsDouble(split);
            if (atSplit >= level) {
                double far = Math.min(split, Math.max(end, low));
                double atFar = f.applyAsDouble(far);
                return atFar >= level
                        ? far
                        : Bisection.rising(f, level, far, atFar, split, atSplit);
            }
            double near = Math.max(high, split);
            double atNear = f.applyAsDouble(near);
            return atNear >= level
                    ? Math.max(
                            Bisection.rising(f, level, split, atSplit, near, atNear),
                            Math.nextUp(split))
                    : ceiling;
        }
    }

    /// Positive numbers, looked for by their logs.
    ///
    /// @param low above 0
    record Ratios(double low, double high) implements Scale {

        @Override
        public boolean isAtLeast(DoubleUnaryOperator f, double level, double split, double end) {
            return f.applyAsDouble(split) >= level;
        }

        @Override
        public boolean isAtMost(DoubleUnaryOperator f, double level, double split, double end) {
            return f.applyAsDouble(split) >= level;
        }

        @Override
        public double greatest(DoubleUnaryOperator f, double level, double split, double end) {
            double found = line().greatest(byLog(f, split), level, Math.log(split), Math.log(end));
            return found >= Math.log(split)
                    ? Math.max(split, Math.exp(found))
                    : Math.min(Math.nextDown(split), Math.exp(found));
        }

        @Override
        public double least(DoubleUnaryOperator f, double level, double split, double end) {
            double found = line().least(byLog(f, split), level, Math.log(split), Math.log(end));
            return found <= Math.log(split)
                    ? Math.min(split, Math.exp(found))
                    : Math.max(Math.nextUp(split), Math.exp(found));
        }

        private Line line() {
            return new Line(
                    Math.log(low),
                    Math.log(high),
                    Double.NEGATIVE_INFINITY,
                    Double.POSITIVE_INFINITY);
        }

        /// Takes back the logarithm, and at `split` exactly.
        private static DoubleUnaryOperator byLog(DoubleUnaryOperator f, double split) {
            double logOfSplit = Math.log(split);
            return log -> f.applyAsDouble(log == logOfSplit ? split : Math.exp(log));
        }
    }

    /// Only these numbers, rising.
    final class Edges implements Scale {

        private final double[] values;

        Edges(double[] values) {
            this.values = values;
        }

        @Override
        public boolean isAtLeast(DoubleUnaryOperator f, double level, double split, double end) {
            return isPlaced(split)
                    ? f.applyAsDouble(split) >= level
                    : Scale.super.isAtLeast(f, level, split, end);
        }

        @Override
        public boolean isAtMost(DoubleUnaryOperator f, double level, double split, double end) {
            return isPlaced(split)
                    ? f.applyAsDouble(split) >= level
                    : Scale.super.isAtMost(f, level, split, end);
        }

        /// Whether it is an edge; 0 is also what is said when nothing is proven.
        private boolean isPlaced(double split) {
            return split > 0 && Arrays.binarySearch(values, split) >= 0;
        }

        @Override
        public double greatest(DoubleUnaryOperator f, double level, double split, double end) {
            int low = -1;
            int high = values.length;
            int at = Arrays.binarySearch(values, split);
            if (at >= 0 && f.applyAsDouble(split) >= level) {
                low = at;
            } else if (at >= 0) {
                high = at;
            }
            while (high - low > 1) {
                int middle = (low + high) >>> 1;
                if (f.applyAsDouble(values[middle]) >= level) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return low < 0 ? 0 : values[low];
        }

        @Override
        public double least(DoubleUnaryOperator f, double level, double split, double end) {
            int low = -1;
            int high = values.length;
            int at = Arrays.binarySearch(values, split);
            if (at >= 0 && f.applyAsDouble(split) >= level) {
                high = at;
            } else if (at >= 0) {
                low = at;
            }
            while (high - low > 1) {
                int middle = (low + high) >>> 1;
                if (f.applyAsDouble(values[middle]) >= level) {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            return high == values.length ? Double.POSITIVE_INFINITY : values[high];
        }
    }
}
