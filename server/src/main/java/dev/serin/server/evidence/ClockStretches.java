package dev.serin.server.evidence;

import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.StepEvidence.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;

/// The minutes or hours of the clock into which a step's tallies were drawn together, counted in the
/// step's buckets.
///
/// @see AgedRow
final class ClockStretches {

    private static final long WIDTH = StepEvidence.WIDTH.toNanos() / 1_000;

    private final long start;
    private final long stretch;

    private ClockStretches(Instant start, Duration stretch) {
        this.start = ChronoUnit.MICROS.between(Instant.EPOCH, start);
        this.stretch = stretch.toNanos() / 1_000;
    }

    /// The step with buckets that cover all from which they were drawn together. What was added later
    /// joins the stretch that it belongs to.
    ///
    /// @param step with buckets of width 1
    static StepEvidence covering(StepEvidence step, Duration stretch) {
        var clock = new ClockStretches(step.start(), stretch);
        var covering = new TreeMap<Integer, Bucket>();
        for (var bucket : step.filled()) {
            int first = clock.first(bucket.index());
            int end = Math.min(clock.end(bucket.index()), step.buckets());
            covering.merge(
                    first,
                    new Bucket(first, end - first, bucket.candidate(), bucket.baseline()),
                    ClockStretches::sum);
        }
        return new StepEvidence(
                step.step(),
                step.start(),
                step.buckets(),
                List.copyOf(covering.values()),
                step.splitByServer());
    }

    private static Bucket sum(Bucket one, Bucket other) {
        return new Bucket(
                one.index(),
                one.width(),
                one.candidate().plus(other.candidate()),
                one.baseline().plus(other.baseline()));
    }

    /// The first bucket that begins in the stretch in which `bucket` begins.
    private int first(int bucket) {
        return bucketFrom(Math.max(start, begin(bucket)));
    }

    /// The first bucket that begins in a later one.
    private int end(int bucket) {
        return bucketFrom(begin(bucket) + stretch);
    }

    private long begin(int bucket) {
        long at = start + bucket * WIDTH;
        return at - Math.floorMod(at, stretch);
    }

    private int bucketFrom(long micros) {
        return (int) Math.ceilDiv(micros - start, WIDTH);
    }
}
