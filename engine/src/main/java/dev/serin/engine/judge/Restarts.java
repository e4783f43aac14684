package dev.serin.engine.judge;

/// Where in a step the evidence starts anew, so that a change for the worse is seen soon and not
/// buried under good calls: half of the capital stands on the step's beginning, the rest on later
/// bucket boundaries (statistics.md 2.2).
///
/// Nothing is stored for it. With fewer than 64 buckets every boundary is kept; then every second,
/// every fourth and so on, so that at most 64 remain. A boundary's weight comes from its ordinal
/// among all that were ever opened, and stays.
final class Restarts {

    private final int[] firstBucket;
    private final double[] logWeight;

    private Restarts(int[] firstBucket, double[] logWeight) {
        this.firstBucket = firstBucket;
        this.logWeight = logWeight;
    }

    private static final int MOST = 64;
    private static final double LOG_2 = Math.log(2);

    /// The restarts kept in a step of so many buckets, the open one included.
    static Restarts of(int buckets) {
        int spacing = spacing(buckets);
        int kept = Math.max(1, (buckets + spacing - 1) / spacing);
        var first = new int[kept];
        var weight = new double[kept];
        for (int i = 0; i < kept; i++) {
            first[i] = i * spacing;
            weight[i] = logWeight(ordinal(first[i]));
        }
        return new Restarts(first, weight);
    }

    /// Every how many buckets a restart is kept in a step of so many buckets: a power of 2.
    static int spacing(int buckets) {
        return buckets < MOST ? 1 : Integer.highestOneBit(buckets / (MOST / 2));
    }

    /// The number of a bucket's restart among all that were ever opened.
    static int ordinal(int bucket) {
        int spacing = spacing(bucket);
        int halvings = Integer.numberOfTrailingZeros(spacing);
        return MOST / 2 * halvings + bucket / spacing;
    }

    static double logWeight(int ordinal) {
        return ordinal == 0 ? -LOG_2 : -LOG_2 - Math.log(ordinal) - Math.log(ordinal + 1.0);
    }

    int count() {
        return firstBucket.length;
    }

    /// The first bucket of each kept restart, rising from 0.
    int[] firstBucket() {
        return firstBucket;
    }

    /// Log of each one's part of the capital.
    double[] logWeight() {
        return logWeight;
    }
}
