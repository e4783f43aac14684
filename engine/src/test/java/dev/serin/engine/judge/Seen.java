package dev.serin.engine.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Evidence of a step, built bucket by bucket.
final class Seen {

    static final Instant START = Instant.parse("2026-01-05T14:00:00Z");

    private final List<Map<Track, Tally>> candidate = new ArrayList<>();
    private final List<Map<Track, Tally>> baseline = new ArrayList<>();

    static Seen errors(long bad, long n) {
        return new Seen().bucket().candidate(new Track.Marked(Metric.Rate.ERROR), counts(bad, n));
    }

    static Tally.Counts counts(long bad, long n) {
        return new Tally.Counts(n, bad);
    }

    static Tally.Moments moments(double cap, double... values) {
        var recorder = new MomentsRecorder(cap, 0, 0);
        for (double value : values) {
            recorder.record(value);
        }
        return recorder.tally();
    }

    static Histogram histogram(double... values) {
        var recorder = new HistogramRecorder();
        for (double value : values) {
            recorder.record(value);
        }
        return recorder.tally();
    }

    /// Opens the next bucket of ten seconds.
    Seen bucket() {
        candidate.add(new HashMap<>());
        baseline.add(new HashMap<>());
        return this;
    }

    Seen candidate(Track track, Tally tally) {
        candidate.getLast().merge(track, tally, Tally::plus);
        return this;
    }

    Seen baseline(Track track, Tally tally) {
        baseline.getLast().merge(track, tally, Tally::plus);
        return this;
    }

    Seen add(boolean ofCandidate, Track track, Tally tally) {
        return ofCandidate ? candidate(track, tally) : baseline(track, tally);
    }

    /// Latencies of the candidate, with the counter that a limit needs.
    Seen latencies(double limit, double... values) {
        long over = java.util.Arrays.stream(values).filter(value -> value >= limit).count();
        candidate(new Track.Reaches(Quantity.LATENCY_MS, limit), counts(over, values.length));
        return candidate(new Track.Spread(Quantity.LATENCY_MS), histogram(values));
    }

    /// Calls of the candidate that have passed a limit of time and still run.
    Seen running(double limit, long calls) {
        return candidate(new Track.Reaches(Quantity.LATENCY_MS, limit), counts(calls, calls));
    }

    StepEvidence evidence() {
        var buckets = new ArrayList<StepEvidence.Bucket>();
        for (int i = 0; i < candidate.size(); i++) {
            if (!candidate.get(i).isEmpty() || !baseline.get(i).isEmpty()) {
                buckets.add(
                        new StepEvidence.Bucket(
                                i, 1, new Tallies(candidate.get(i)), new Tallies(baseline.get(i))));
            }
        }
        return new StepEvidence(0, START, candidate.size(), buckets, true);
    }

    /// The moment at which the newest bucket ends.
    Instant end() {
        return START.plus(Duration.ofSeconds(10L * candidate.size()));
    }

    /// The finding of one condition, long after the newest call.
    Finding judged(Condition condition, Strictness strictness) {
        return judged(condition, strictness, end().plusSeconds(3600));
    }

    Finding judged(Condition condition, Strictness strictness, Instant now) {
        return Judge.candidate(List.of(condition), strictness, evidence(), false, now).getFirst();
    }
}
