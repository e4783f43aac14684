package dev.serin.server.evidence;

import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.StepEvidence.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

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

    /// The step with buckets that cover all from which they were drawn together.
    ///
    /// @param step with buckets of width 1, each where its stretch begins
    static StepEvidence covering(StepEvidence step, Duration stretch) {
        var clock = new ClockStretches(step.start(), stretch);
        return new StepEvidence(
                step.step(),
                step.start(),
                step.buckets(),
                step.filled().stream()
                        .map(bucket ->
                                new Bucket(
                                        bucket.index(),
                                        Math.min(clock.end(bucket.index()), step.buckets())
                                                - bucket.index(),
                                        bucket.candidate(),
                                        bucket.baseline()))
                        .toList(),
                step.splitByServer());
    }

    /// The first bucket that begins in a later one.
    private int end(int bucket) {
        long at = start + bucket * WIDTH;
        long next = at - Math.floorMod(at, stretch) + stretch;
        return (int) Math.ceilDiv(next - start, WIDTH);
    }
}
