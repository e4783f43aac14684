package dev.serin.engine.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// How many values of one arm lie at or over each edge of the histogram, by stretch of the step (see
/// [Sums]).
final class Exceedances {

    private final int restarts;
    private final int lowest;
    private final int highest;
    private final long[][] over;

    private Exceedances(int restarts, int lowest, int highest, long[][] over) {
        this.restarts = restarts;
        this.lowest = lowest;
        this.highest = highest;
        this.over = over;
    }

    /// One bucket of time's histogram, unpacked.
    private static final class Part {

        private final int[] indexes;
        private final long[] calls;

        private Part(int size) {
            indexes = new int[size];
            calls = new long[size];
        }

        static Part of(Histogram histogram) {
            var part = new Part(histogram.buckets().size());
            int at = 0;
            for (var entry : histogram.buckets().entrySet()) {
                part.indexes[at] = entry.getKey();
                part.calls[at++] = entry.getValue();
            }
            return part;
        }

        int[] indexes() {
            return indexes;
        }

        void addTo(long[] counts, int lowest) {
            for (int i = 0; i < indexes.length; i++) {
                counts[indexes[i] - lowest] += calls[i];
            }
        }
    }

    static Exceedances of(
            Restarts restarts,
            List<StepEvidence.Bucket> filled,
            Function<StepEvidence.Bucket, Histogram> spread,
            Predicate<StepEvidence.Bucket> mature) {
        var parts = new ArrayList<Part>(filled.size());
        int lowest = Integer.MAX_VALUE;
        int highest = Integer.MIN_VALUE;
        for (var bucket : filled) {
            var part = Part.of(spread.apply(bucket));
            parts.add(part);
            for (int index : part.indexes()) {
                lowest = Math.min(lowest, index);
                highest = Math.max(highest, index);
            }
        }
        int count = restarts.count();
        if (lowest > highest) {
            return new Exceedances(0, 0, -1, new long[count + 1][0]);
        }
        var over = new long[count + 1][highest - lowest + 1];
        var seen = new long[highest - lowest + 1];
        int next = filled.size();
        int live = 0;
        for (int i = count - 1; i >= 0; i--) {
            while (next > 0 && filled.get(next - 1).index() >= restarts.firstBucket()[i]) {
                next--;
                parts.get(next).addTo(seen, lowest);
                if (mature.test(filled.get(next))) {
                    parts.get(next).addTo(over[count], lowest);
                }
            }
            over[i] = seen.clone();
        }
        for (int i = 0; i <= count; i++) {
            sumFromTheTop(over[i]);
            if (i < count && over[i][0] > 0) {
                live = i + 1;
            }
        }
        return new Exceedances(live, lowest, highest, over);
    }

    int mature() {
        return over.length - 1;
    }

    long n(int stretch) {
        return at(stretch, Integer.MIN_VALUE);
    }

    /// Values at or over the edge below bucket `index`.
    long at(int stretch, int index) {
        if (index > highest || lowest > highest) {
            return 0;
        }
        return over[stretch][index <= lowest ? 0 : index - lowest];
    }

    /// The value with this part of all values at or below it, placed within its bucket by rank.
    double quantile(int stretch, double level) {
        long n = n(stretch);
        long rank = Math.clamp((long) Math.ceil(level * n - 1e-9), 1, n);
        long above = n - rank;
        int index = bucketWith(stretch, above);
        double low = Histogram.edge(index);
        double high = Histogram.edge(index + 1);
        long inside = at(stretch, index) - at(stretch, index + 1);
        double place = (at(stretch, index) - above - 0.5) / inside;
        return low == 0 ? high * place : low * Math.pow(high / low, place);
    }

    /// The highest bucket at or over whose lower edge more than `above` values lie.
    private int bucketWith(int stretch, long above) {
        int low = lowest;
        int high = highest + 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (at(stretch, middle) > above) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static void sumFromTheTop(long[] counts) {
        for (int i = counts.length - 2; i >= 0; i--) {
            counts[i] += counts[i + 1];
        }
    }

    int restarts() {
        return restarts;
    }

    /// The first bucket that holds a value.
    int lowest() {
        return lowest;
    }

    /// The last one; below `lowest` if there is none.
    int highest() {
        return highest;
    }

    /// Values at or over an edge, by stretch and then by edge from `lowest`.
    long[][] over() {
        return over;
    }
}
