package dev.serin.simulator.play;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Recorder;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.traffic.Arm;
import dev.serin.simulator.traffic.SimulatedCall;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Folds calls into the evidence of their steps, as the server does.
final class Folding {

    /// Calls of one key that are judged in one step (statistics.md, sticky callers).
    private static final int CALLS_OF_A_KEY = 20;

    /// Keys that are remembered in one arm of one step; each call of another one is taken for its first. Of
    /// recorded calls nobody knows who made them, and each has a key of its own.
    static final int MOST_KEYS = 200_000;

    /// A call that the provider refused because the account is used up says nothing about the model.
    private static final String QUOTA = "insufficient_quota";

    private final Plan plan;
    private final Set<Track> tracks;
    private final int grain;
    private final TreeMap<Integer, Step> steps = new TreeMap<>();

    /// @param grain buckets that are kept as one stretch of time, a power of 2
    Folding(Plan plan, int grain) {
        this.plan = plan;
        this.grain = grain;
        this.tracks = plan.tracks();
    }

    void enter(int step, Instant at) {
        steps.put(step, new Step(at));
    }

    void add(SimulatedCall call) {
        var step = step(call.step());
        var arm = step.arm(call.arm());
        arm.calls++;
        if (QUOTA.equals(call.call().errorClass())) {
            var stretch = arm.stretch(step.stretch(call.began()));
            // As if all else had taken it: only the failure is counted.
            stretch.recorder.record(call.call(), tracks);
            stretch.changed = true;
            return;
        }
        int soFar = arm.callsOf(call.key());
        if (soFar > CALLS_OF_A_KEY) {
            return;
        }
        var stretch = arm.stretch(step.stretch(call.began()));
        if (soFar == 1) {
            stretch.recorder.firstSeenKey();
        }
        stretch.recorder.record(call.call());
        stretch.changed = true;
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

    private final class Step {

        private final Instant start;
        private final OneArm baseline = new OneArm();
        private final OneArm candidate = new OneArm();
        private int buckets = 1;
        private int width = grain;

        Step(Instant start) {
            this.start = start;
        }

        OneArm arm(Arm arm) {
            return switch (arm) {
                case BASELINE -> baseline;
                case CANDIDATE -> candidate;
            };
        }

        /// The stretch of time that holds `at`; calls that began before the step belong to its first.
        int stretch(Instant at) {
            int bucket = StepEvidence.bucketOf(start, at);
            reach(bucket + 1);
            return bucket - bucket % width;
        }

        StepEvidence evidence(int index, Instant now) {
            reach(StepEvidence.bucketOf(start, now) + 1);
            var filled = new TreeSet<>(baseline.stretches.keySet());
            filled.addAll(candidate.stretches.keySet());
            var told = filled.stream().map(this::together).toList();
            int most = told.isEmpty() ? 0 : told.getLast().index() + told.getLast().width();
            // Whoever's call is copied was given the baseline all the same.
            boolean split = !plan.step(index).isShadow();
            return new StepEvidence(index, start, Math.max(buckets, most), told, split);
        }

        /// As the step grows, the restart rule tells ever longer stretches apart; no shorter ones are
        /// kept.
        private void reach(int count) {
            buckets = Math.max(buckets, count);
            int wanted = Math.max(grain, spacing(buckets));
            if (wanted > width) {
                width = wanted;
                baseline.widen(width);
                candidate.widen(width);
            }
        }

        private StepEvidence.Bucket together(int first) {
            return new StepEvidence.Bucket(
                    first, width, candidate.tallies(first), baseline.tallies(first));
        }
    }

    /// Every how many buckets the judge may begin anew (statistics.md, As the server uses it, 2).
    private static int spacing(int buckets) {
        return buckets < 64 ? 1 : Integer.highestOneBit(buckets / 32);
    }

    private final class OneArm {

        private TreeMap<Integer, Stretch> stretches = new TreeMap<>();
        private final Map<String, Integer> callsByKey = new HashMap<>();
        private long calls;

        /// How many calls of the key there were with this one.
        int callsOf(String key) {
            return callsByKey.size() < MOST_KEYS || callsByKey.containsKey(key)
                    ? callsByKey.merge(key, 1, Integer::sum)
                    : 1;
        }

        Stretch stretch(int first) {
            return stretches.computeIfAbsent(
                    first, _ -> new Stretch(Tallies.NONE, new Recorder(tracks, seen())));
        }

        Tallies tallies(int first) {
            var stretch = stretches.get(first);
            return stretch == null ? Tallies.NONE : stretch.tallies();
        }

        void widen(int width) {
            var wider = new TreeMap<Integer, Tallies>();
            stretches.forEach((first, stretch) ->
                    wider.merge(first - first % width, stretch.tallies(), Tallies::plus));
            var seen = seen();
            stretches = new TreeMap<>();
            wider.forEach((first, sum) ->
                    stretches.put(first, new Stretch(sum, new Recorder(tracks, seen))));
        }

        private Tallies seen() {
            return Tallies.sum(stretches.values().stream().map(Stretch::tallies));
        }
    }

    private static final class Stretch {

        private final Tallies before;
        private final Recorder recorder;
        private Tallies tallies;
        private boolean changed;

        Stretch(Tallies before, Recorder recorder) {
            this.before = before;
            this.recorder = recorder;
            this.tallies = before;
        }

        Tallies tallies() {
            if (changed) {
                tallies = before.plus(recorder.tallies());
                changed = false;
            }
            return tallies;
        }
    }
}
