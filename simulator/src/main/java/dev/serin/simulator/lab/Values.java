package dev.serin.simulator.lab;

import dev.serin.engine.judge.Histogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;

/// Values of one arm of one step in the order in which they were seen.
final class Values {

    /// How many edges can be watched at once.
    static final int WATCHED = 2;

    private final Reading.Window window;
    private final int[] calls = new int[Ledger.STRETCHES];
    private final double[] edges = new double[WATCHED];
    private final int[][] over = new int[WATCHED][Ledger.STRETCHES];
    private double[] values = new double[256];
    private byte[] stretches = new byte[256];
    private int size;

    /// @param window of the values that are told apart
    Values(Reading.Window window) {
        this.window = window;
        Arrays.fill(edges, Double.NaN);
    }

    void clear() {
        size = 0;
        Arrays.fill(calls, 0);
        Arrays.fill(edges, Double.NaN);
    }

    void add(int stretch, double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
            stretches = Arrays.copyOf(stretches, 2 * size);
        }
        values[size] = value;
        stretches[size++] = (byte) stretch;
        calls[stretch]++;
        for (int i = 0; i < WATCHED; i++) {
            if (value >= edges[i]) {
                over[i][stretch]++;
            }
        }
    }

    void widen(int factor) {
        Arrays.fill(calls, 0);
        for (int i = 0; i < size; i++) {
            stretches[i] = (byte) (stretches[i] / factor);
            calls[stretches[i]]++;
        }
        Arrays.fill(edges, Double.NaN);
    }

    int size() {
        return size;
    }

    /// Values of the stretch.
    int n(int stretch) {
        return calls[stretch];
    }

    /// Counts from now on, and back to the first value, those at or over an edge.
    void watch(int which, double edge) {
        if (edges[which] == edge) {
            return;
        }
        edges[which] = edge;
        Arrays.fill(over[which], 0);
        for (int i = 0; i < size; i++) {
            if (values[i] >= edge) {
                over[which][stretches[i]]++;
            }
        }
    }

    /// Values of the stretch at or over the watched edge.
    int over(int which, int stretch) {
        return over[which][stretch];
    }

    /// The value below which a part of all of them lies.
    ///
    /// @param level above 0, below 1
    double quantile(double level) {
        var sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return sorted[Math.min(size - 1, (int) (level * size))];
    }

    Buckets buckets() {
        var buckets = new int[size];
        int low = Integer.MAX_VALUE;
        int high = Integer.MIN_VALUE;
        for (int i = 0; i < size; i++) {
            buckets[i] = window.bucketOf(values[i]);
            low = Math.min(low, buckets[i]);
            high = Math.max(high, buckets[i]);
        }
        int span = size == 0 ? 0 : high - low + 1;
        var calls = new int[Ledger.STRETCHES * span];
        for (int i = 0; i < size; i++) {
            calls[stretches[i] * span + buckets[i] - low]++;
        }
        return new Buckets(low, span, calls);
    }

    /// Calls by bucket of a histogram, for each stretch.
    static final class Buckets {

        private final int low;
        private final int span;
        private final int[] calls;

        /// @param low the lowest bucket of them all
        /// @param span how many buckets it is from there to the highest
        Buckets(int low, int span, int[] calls) {
            this.low = low;
            this.span = span;
            this.calls = calls;
        }

        Histogram of(int stretch) {
            var filled = new ArrayList<Map.Entry<Integer, Long>>();
            for (int i = 0; i < span; i++) {
                int count = calls[stretch * span + i];
                if (count > 0) {
                    filled.add(Map.entry(low + i, (long) count));
                }
            }
            return filled.isEmpty() ? Histogram.NONE : new Histogram(Ledger.asMap(filled));
        }
    }
}
