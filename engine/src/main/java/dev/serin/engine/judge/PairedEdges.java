package dev.serin.engine.judge;

import java.util.OptionalInt;

/// Which edges of the two arms' histograms a percentile beside the baseline's holds against each other:
/// were the baseline's true percentile in bucket i, the candidate's would have to lie past an edge of its
/// own, rounded outwards (statistics.md 1.2).
public final class PairedEdges {

    /// As far as any two edges lie apart.
    private static final int FURTHEST = 64 * 30;

    private PairedEdges() {}

    /// The edge of the baseline's own values.
    ///
    /// @param breach whether a breach is asked for, and not that the condition is met
    public static int ofBaseline(boolean breach, int bucket) {
        return breach ? bucket : bucket + 1;
    }

    /// The edge of the candidate's values; empty if no candidate can be that far below.
    public static OptionalInt ofCandidate(Limit.Relative limit, boolean breach, int bucket) {
        return limit.isRatio()
                ? OptionalInt.of(bucket + shift(limit.factor(), breach))
                : apart(limit.factor(), limit.offset(), breach, bucket);
    }

    /// By how many edges a ratio shifts.
    static int shift(double ratio, boolean breach) {
        double steps = 64 * Math.log(ratio) / Math.log(2);
        return (int)
                Math.clamp(
                        breach ? Math.ceil(steps - 1e-9) + 1 : Math.floor(steps + 1e-9),
                        -FURTHEST,
                        FURTHEST);
    }

    /// The candidate's edge where a difference is asked for.
    static OptionalInt apart(double factor, double difference, boolean breach, int bucket) {
        double bound = factor * (breach ? end(bucket) : Histogram.edge(bucket)) + difference;
        if (breach && bound < 0) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(
                breach ? Histogram.edgeAtOrOver(bound) : Histogram.edgeAtOrBelow(bound));
    }

    /// Where a bucket ends: the highest nowhere, so that a percentile in it leaves room for any
    /// candidate.
    private static double end(int bucket) {
        return bucket < Histogram.HIGHEST ? Histogram.edge(bucket + 1) : Double.POSITIVE_INFINITY;
    }
}
