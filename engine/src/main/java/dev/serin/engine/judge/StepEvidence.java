package dev.serin.engine.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/// All that was tallied of one step, in buckets of time by when the calls began.
///
/// @param step index into the plan's steps
/// @param start when the step was entered; bucket i begins `i * WIDTH` later
/// @param buckets how many buckets there are so far, the open one included, filled or not
/// @param filled the buckets that hold calls, by rising index, each below `buckets`; buckets that the
///     restart rule of a long step no longer tells apart may have been merged into the first of them
/// @param splitByServer whether Serin itself assigned the arms, so that the split can be judged
public record StepEvidence(
        int step, Instant start, int buckets, List<Bucket> filled, boolean splitByServer) {

    public static final Duration WIDTH = Duration.ofSeconds(10);

    /// Both arms in one stretch of time.
    ///
    /// @param index the first bucket it covers
    /// @param width how many buckets it covers, 1 or more
    public record Bucket(int index, int width, Tallies candidate, Tallies baseline) {}

    public StepEvidence {
        filled = List.copyOf(filled);
        int from = 0;
        for (var bucket : filled) {
            if (bucket.index() < from || bucket.width() < 1) {
                throw new IllegalArgumentException("bucket %d is out of order".formatted(from));
            }
            from = bucket.index() + bucket.width();
        }
        if (from > buckets) {
            throw new IllegalArgumentException("%d buckets, told of %d".formatted(buckets, from));
        }
    }

    /// A step in which nothing was seen yet.
    public static StepEvidence silent(int step, Instant start) {
        return new StepEvidence(step, start, 0, List.of(), false);
    }

    /// The bucket to which a call that began at `at` belongs; calls that seem to have begun before
    /// the step count in its first.
    public static int bucketOf(Instant start, Instant at) {
        return (int) Math.max(0, Duration.between(start, at).toMillis() / WIDTH.toMillis());
    }

    /// When a bucket is over: no later call belongs to it.
    public Instant end(Bucket bucket) {
        return end(start, bucket.index() + bucket.width() - 1);
    }

    /// When the bucket with this index is over in a step that was entered at `start`.
    public static Instant end(Instant start, int bucket) {
        return start.plusMillis((bucket + 1L) * WIDTH.toMillis());
    }

    public Tallies candidate() {
        return Tallies.sum(filled.stream().map(Bucket::candidate));
    }

    public Tallies baseline() {
        return Tallies.sum(filled.stream().map(Bucket::baseline));
    }

    /// What was counted of the candidate on one track; the others are not added up.
    public Tally.Counts candidateCounts(Track track) {
        var counts = Tally.Counts.NONE;
        for (var bucket : filled) {
            counts = counts.plus(bucket.candidate().counts(track));
        }
        return counts;
    }

    /// The same of the baseline.
    public Tally.Counts baselineCounts(Track track) {
        var counts = Tally.Counts.NONE;
        for (var bucket : filled) {
            counts = counts.plus(bucket.baseline().counts(track));
        }
        return counts;
    }

    /// The candidate's tallies on the tracks that are wanted.
    public Tallies candidate(Predicate<Track> wanted) {
        return Tallies.sum(filled.stream().map(Bucket::candidate), wanted);
    }
}
