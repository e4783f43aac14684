package dev.serin.engine.judge;

import java.util.Map;
import java.util.TreeMap;

/// Values by logarithmic bucket: bucket i holds [2^(i/64), 2^((i+1)/64)), 1.09 % wide; zero and
/// everything below 2^-10 lies in the lowest.
///
/// @param buckets calls by bucket, only those above 0
public record Histogram(Map<Integer, Long> buckets) implements Tally {

    public static final Histogram NONE = new Histogram(Map.of());

    public Histogram {
        buckets = Map.copyOf(buckets);
    }

    @Override
    public long n() {
        return buckets.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public Histogram plus(Tally other) {
        if (other instanceof Histogram(Map<Integer, Long> more)) {
            var sum = new TreeMap<>(buckets);
            more.forEach((bucket, calls) -> sum.merge(bucket, calls, Long::sum));
            return new Histogram(sum);
        }
        throw new IllegalArgumentException("cannot add " + other + " to a histogram");
    }
}
