package dev.serin.engine.judge;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// The sums of one arm and track over stretches of a step: stretch i, below [#restarts], runs from
/// the i-th restart to now; the last one is the part of the step that is old enough to meet a
/// condition.
final class Sums {

    private final int restarts;
    private final double[] n;
    private final double[] a;
    private final double[] b;

    private Sums(int restarts, double[] n, double[] a, double[] b) {
        this.restarts = restarts;
        this.n = n;
        this.a = a;
        this.b = b;
    }

    /// What one bucket adds.
    record Part(double n, double a, double b) {

        static final Part NONE = new Part(0, 0, 0);

        static Part of(Tally.Counts counts) {
            return new Part((double) counts.n(), (double) counts.bad(), 0);
        }

        static Part of(Tally.Moments moments) {
            return new Part((double) moments.n(), moments.sum(), moments.v());
        }

        /// Moments whose `v` is the sum of the squares, measured from another centre.
        static Part of(Tally.Moments squares, double centre) {
            double n = (double) squares.n();
            double v = squares.v() - 2 * centre * squares.sum() + n * centre * centre;
            return new Part(n, squares.sum(), Math.max(0, v));
        }

        Part plus(Part other) {
            return new Part(n + other.n, a + other.a, b + other.b);
        }
    }

    static Sums of(
            Restarts restarts,
            List<StepEvidence.Bucket> filled,
            Function<StepEvidence.Bucket, Part> part,
            Predicate<StepEvidence.Bucket> mature) {
        int count = restarts.count();
        var n = new double[count + 1];
        var a = new double[count + 1];
        var b = new double[count + 1];
        int next = filled.size();
        double sumN = 0;
        double sumA = 0;
        double sumB = 0;
        int live = 0;
        for (int i = count - 1; i >= 0; i--) {
            while (next > 0 && filled.get(next - 1).index() >= restarts.firstBucket()[i]) {
                var bucket = filled.get(--next);
                var more = part.apply(bucket);
                sumN += more.n();
                sumA += more.a();
                sumB += more.b();
                if (mature.test(bucket)) {
                    n[count] += more.n();
                    a[count] += more.a();
                    b[count] += more.b();
                }
            }
            n[i] = sumN;
            a[i] = sumA;
            b[i] = sumB;
            if (sumN > 0) {
                live = Math.max(live, i + 1);
            }
        }
        return new Sums(live, n, a, b);
    }

    /// The stretch that may meet a condition.
    int mature() {
        return n.length - 1;
    }

    double mean(int stretch) {
        return a[stretch] / n[stretch];
    }

    /// How many restarts are followed by a call of this track.
    int restarts() {
        return restarts;
    }

    /// Calls by stretch.
    double[] n() {
        return n;
    }

    /// Bad calls, or the sum of values.
    double[] a() {
        return a;
    }

    /// Sum of squared distances from the centres; 0 for counts.
    double[] b() {
        return b;
    }
}
