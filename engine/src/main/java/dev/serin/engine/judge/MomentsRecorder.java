package dev.serin.engine.judge;

/// Folds a quantity call by call into [Tally.Moments].
///
/// Each value's distance is taken from a centre that was known before it, the mean of what was seen;
/// so a recorder is told what the step has seen already. A sum of squares cannot give that distance.
public final class MomentsRecorder {

    private final double cap;
    private double seen;
    private double seenSum;
    private long n;
    private double sum;
    private double v;
    private long overCap;

    /// Goes on from what the step has seen.
    ///
    /// @param cap the most that a value should be, above 0
    /// @param seen values of the same step and arm folded before, here or anywhere
    /// @param seenSum their sum
    public MomentsRecorder(double cap, long seen, double seenSum) {
        if (!(cap > 0 && cap < Double.POSITIVE_INFINITY) || seen < 0 || !(seenSum >= 0)) {
            throw new IllegalArgumentException(
                    "a cap is above 0 and what was seen is 0 or more, got %s, %d, %s"
                            .formatted(cap, seen, seenSum));
        }
        this.cap = cap;
        this.seen = seen;
        this.seenSum = seenSum;
    }

    /// Takes one more value.
    ///
    /// @param value 0 or more
    public void record(double value) {
        double centre = Math.min(cap, (cap / 2 + seenSum) / (seen + 1));
        double distance = value - centre;
        v += distance * distance;
        sum += value;
        seenSum += value;
        seen++;
        n++;
        if (value > cap) {
            overCap++;
        }
    }

    public Tally.Moments tally() {
        return new Tally.Moments(n, sum, v, overCap);
    }
}
