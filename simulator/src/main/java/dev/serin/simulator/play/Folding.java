package dev.serin.simulator.play;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Recorder;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Track;
import dev.serin.engine.judge.Tracks;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.traffic.Arm;
import dev.serin.simulator.traffic.SimulatedCall;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Folds calls into the evidence of their steps, as the server does.
final class Folding {

    /// Calls of one key that are judged in one step (statistics.md, sticky callers).
    private static final int CALLS_OF_A_KEY = 20;

    private final Set<Track> tracks;
    private final TreeMap<Integer, Step> steps = new TreeMap<>();

    Folding(Plan plan) {
        this.tracks = Tracks.of(plan.conditions(), plan.objectives());
    }

    void enter(int step, Instant at) {
        steps.put(step, new Step(at, new OneArm(), new OneArm()));
    }

    void add(SimulatedCall call) {
        var step = step(call.step());
        var arm = step.arm(call.arm());
        arm.calls++;
        int soFar = arm.callsByKey.merge(call.key(), 1, Integer::sum);
        if (soFar > CALLS_OF_A_KEY) {
            return;
        }
        var bucket = arm.bucket(StepEvidence.bucketOf(step.start, call.began()));
        if (soFar == 1) {
            bucket.recorder.firstSeenKey();
        }
        bucket.recorder.record(call.call());
        bucket.changed = true;
    }

    long calls(int step, Arm arm) {
        return step(step).arm(arm).calls;
    }

    Evidence evidence(Instant now) {
        return new Evidence(
                steps.entrySet().stream()
                        .map(step -> step.getValue().evidence(step.getKey(), now))
                        .toList());
    }

    private Step step(int index) {
        var step = steps.get(index);
        if (step == null) {
            throw new IllegalArgumentException("step " + index + " was never entered");
        }
        return step;
    }

    private record Step(Instant start, OneArm baseline, OneArm candidate) {

        OneArm arm(Arm arm) {
            return switch (arm) {
                case BASELINE -> baseline;
                case CANDIDATE -> candidate;
            };
        }

        StepEvidence evidence(int index, Instant now) {
            var filled = new TreeMap<Integer, StepEvidence.Bucket>();
            baseline.buckets.forEach((bucket, _) -> filled.put(bucket, together(bucket)));
            candidate.buckets.forEach((bucket, _) -> filled.put(bucket, together(bucket)));
            int open = StepEvidence.bucketOf(start, now) + 1;
            int last = filled.isEmpty() ? 0 : filled.lastKey() + 1;
            return new StepEvidence(
                    index, start, Math.max(open, last), filled.values().stream().toList(), true);
        }

        private StepEvidence.Bucket together(int bucket) {
            return new StepEvidence.Bucket(
                    bucket, 1, candidate.tallies(bucket), baseline.tallies(bucket));
        }
    }

    private final class OneArm {

        private final TreeMap<Integer, Bucket> buckets = new TreeMap<>();
        private final Map<String, Integer> callsByKey = new HashMap<>();
        private long calls;

        Bucket bucket(int index) {
            return buckets.computeIfAbsent(index, _ -> new Bucket(new Recorder(tracks, seen())));
        }

        Tallies tallies(int index) {
            var bucket = buckets.get(index);
            return bucket == null ? Tallies.NONE : bucket.tallies();
        }

        private Tallies seen() {
            return buckets.isEmpty()
                    ? Tallies.NONE
                    : buckets.lastEntry().getValue().recorder.seen();
        }
    }

    private static final class Bucket {

        private final Recorder recorder;
        private Tallies tallies = Tallies.NONE;
        private boolean changed;

        Bucket(Recorder recorder) {
            this.recorder = recorder;
        }

        Tallies tallies() {
            if (changed) {
                tallies = recorder.tallies();
                changed = false;
            }
            return tallies;
        }
    }
}
