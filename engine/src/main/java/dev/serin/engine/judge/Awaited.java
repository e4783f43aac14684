package dev.serin.engine.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The calls of a step that were chosen to carry a label and do not carry it yet.
///
/// Verdicts that come sooner when they are bad would break the guarantee, for early on only bad ones
/// are known. So each kind of evidence takes a waiting call at the end that speaks against it: as 0
/// for "the number is higher", as 1 for "it is lower". A breach is then proven whatever the waiting
/// calls turn out to be; of a comparison the candidate's count as good and the baseline's as bad.
/// `Met` looks only at the buckets before the first that still waits, so that what is known of them
/// does not depend on what it is (statistics.md, As the server uses it, 7).
///
/// A bucket's labels are due a fixed time after its end. Buckets that were merged wait until the last
/// of them is due, which errs to the same side.
final class Awaited {

    private final StepEvidence evidence;
    private final @Nullable Track track;
    private final @Nullable Duration due;
    private final Instant now;

    private Awaited(
            StepEvidence evidence, @Nullable Track track, @Nullable Duration due, Instant now) {
        this.evidence = evidence;
        this.track = track;
        this.due = due;
        this.now = now;
    }

    /// @param due how long after its call a label is waited for; null if nobody waits
    static Awaited of(Metric metric, StepEvidence evidence, @Nullable Duration due, Instant now) {
        var track =
                switch (metric) {
                    case Metric.Rate(_, var mark) when metric.label() != null ->
                            new Track.Marked(mark);
                    case Metric.Score(_, var label) -> new Track.Score(label);
                    case Metric.Rate _,
                            Metric.Percentile _,
                            Metric.Mean _,
                            Metric.CostPerSuccess _ ->
                            null;
                };
        return new Awaited(evidence, track, track == null ? null : due, now);
    }

    /// Whether no call ever waits.
    boolean isNever() {
        return due == null;
    }

    /// Chosen calls of a bucket whose label may still come.
    long waiting(StepEvidence.Bucket bucket, Whose arm) {
        return coverage(bucket, arm).waiting();
    }

    /// Whether a bucket lies before the first one in which a call of these arms still waits.
    Predicate<StepEvidence.Bucket> settled(List<Whose> arms) {
        int first =
                evidence.filled().stream()
                        .filter(bucket -> arms.stream().anyMatch(arm -> waiting(bucket, arm) > 0))
                        .mapToInt(StepEvidence.Bucket::index)
                        .findFirst()
                        .orElse(Integer.MAX_VALUE);
        return bucket -> bucket.index() < first;
    }

    /// An arm's labels over the whole step; null where nobody waits for any.
    @Nullable Coverage coverage(Whose arm) {
        return due == null
                ? null
                : evidence.filled().stream()
                        .map(bucket -> coverage(bucket, arm))
                        .reduce(Coverage.NONE, Coverage::plus);
    }

    /// An arm's labels in the buckets in which neither arm waits any more.
    Coverage settledCoverage(Whose arm) {
        return evidence.filled().stream()
                .filter(bucket -> waiting(bucket, Whose.CANDIDATE) == 0)
                .filter(bucket -> waiting(bucket, Whose.BASELINE) == 0)
                .map(bucket -> coverage(bucket, arm))
                .reduce(Coverage.NONE, Coverage::plus);
    }

    private Coverage coverage(StepEvidence.Bucket bucket, Whose arm) {
        if (track == null || due == null || track.label() == null) {
            return Coverage.NONE;
        }
        var tallies = arm == Whose.CANDIDATE ? bucket.candidate() : bucket.baseline();
        var told = tallies.byTrack().get(track);
        long labelled = told == null ? 0 : told.n();
        // Where a call was labelled that nobody counted as chosen, it was.
        long chosen = Math.max(labelled, tallies.counts(new Track.Chosen(track.label())).n());
        boolean open = evidence.end(bucket).plus(due).isAfter(now);
        return new Coverage(chosen, labelled, open ? chosen - labelled : 0);
    }
}
