package dev.serin.simulator.lab;

import dev.serin.engine.judge.Histogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;

/// Values of one arm of one step in the order in which they were seen.
final class Values {

    private final Reading.Window window;
    private double[] values = new double[256];
    private byte[] stretches = new byte[256];
    private int size;

    /// @param window of the values that are told apart
    Values(Reading.Window window) {
        this.window = window;
    }

    void clear() {
        size = 0;
    }

    void add(int stretch, double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
            stretches = Arrays.copyOf(stretches, 2 * size);
        }
        values[size] = value;
        stretches[size++] = (byte) stretch;
    }

    void widen(int factor) {
        for (int i = 0; i < size; i++) {
            stretches[i] = (byte) (stretches[i] / factor);
        }
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
