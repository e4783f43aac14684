package dev.serin.engine.judge;

import java.util.HashMap;

/// Counts values by the buckets of [Histogram], without an allocation per value.
public final class HistogramRecorder {

    private final long[] counts = new long[Histogram.HIGHEST - Histogram.LOWEST + 1];

    /// Takes one more value.
    ///
    /// @param value 0 or more
    public void record(double value) {
        counts[Histogram.bucketOf(value) - Histogram.LOWEST]++;
    }

    public Histogram tally() {
        var buckets = new HashMap<Integer, Long>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                buckets.put(i + Histogram.LOWEST, counts[i]);
            }
        }
        return new Histogram(buckets);
    }
}
