package dev.serin.engine.judge;

/// A mergeable summary of calls for one [Track]. Merging is associative and commutative.
public sealed interface Tally permits Tally.Counts, Tally.Moments, Histogram {

    /// How many calls it sums up.
    long n();

    /// This and `other` together.
    ///
    /// @throws IllegalArgumentException if they are of different kinds
    Tally plus(Tally other);

    /// Calls, and the bad ones among them.
    ///
    /// @param bad 0 to `n`
    record Counts(long n, long bad) implements Tally {

        public static final Counts NONE = new Counts(0, 0);

        public Counts {
            if (n < 0 || bad < 0 || bad > n) {
                throw new IllegalArgumentException("counts need 0 <= bad <= n: " + bad + ", " + n);
            }
        }

        @Override
        public Counts plus(Tally other) {
            if (other instanceof Counts(long more, long moreBad)) {
                return new Counts(n + more, bad + moreBad);
            }
            throw unlike(this, other);
        }
    }

    /// Sum and spread of a bounded quantity, in its own unit.
    ///
    /// @param sum of the values
    /// @param v sum of squared distances from a centre that was known before each value
    ///     (statistics.md 1.1); sums over replicas with centres of their own
    /// @param overCap values above the cap under which it was folded
    record Moments(long n, double sum, double v, long overCap) implements Tally {

        public static final Moments NONE = new Moments(0, 0, 0, 0);

        public Moments {
            if (n < 0 || !(sum >= 0) || !(v >= 0) || overCap < 0 || overCap > n) {
                throw new IllegalArgumentException(
                        "moments need n, sum and v of 0 or more: %d, %s, %s, %d"
                                .formatted(n, sum, v, overCap));
            }
        }

        @Override
        public Moments plus(Tally other) {
            if (other instanceof Moments(long more, double moreSum, double moreV, long moreOver)) {
                return new Moments(n + more, sum + moreSum, v + moreV, overCap + moreOver);
            }
            throw unlike(this, other);
        }
    }

    private static IllegalArgumentException unlike(Tally one, Tally other) {
        return new IllegalArgumentException("cannot add " + other + " to " + one);
    }
}
