package dev.serin.engine.embed;

import dev.serin.engine.judge.Call;
import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.Recorder;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.StepEvidence.Bucket;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.rollout.Decision.Moved;
import dev.serin.engine.rollout.Decision.Refused;
import dev.serin.engine.rollout.Decision.Stays;
import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Outcome;
import dev.serin.engine.rollout.Phase;
import dev.serin.engine.rollout.Rollout;
import dev.serin.engine.rollout.Signal;
import dev.serin.engine.traffic.Arm;
import dev.serin.engine.traffic.TrafficSplit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A rollout in memory, for one thread.
public final class CanaryRollout {

    private final String name;
    private final Plan plan;
    private final TrafficSplit split;
    private final Set<Track> tracks;
    private final List<Entry> journal = new ArrayList<>();
    private final Map<Integer, Watch> watches = new TreeMap<>();
    private Optional<Rollout> rollout = Optional.empty();

    /// @param name of the rollout; also the salt of its split
    /// @throws IllegalArgumentException if the shares do not rise or a metric is unknown
    public CanaryRollout(String name, List<RolloutStep> steps, List<RollbackCondition> conditions) {
        this.name = name;
        plan =
                new Plan(
                        name,
                        "baseline",
                        "candidate",
                        steps.stream().map(RolloutStep::step).toList(),
                        conditions.stream().map(RollbackCondition::condition).toList(),
                        List.of(),
                        null,
                        Plan.Rules.DEFAULT,
                        null,
                        Plan.Key.USER,
                        Plan.Approvals.ONE);
        split = new TrafficSplit(name);
        tracks = plan.tracks();
    }

    public void start(Instant now) {
        if (rollout.isPresent()) {
            throw new IllegalStateException(name + " has started already");
        }
        take(Rollout.start(plan, Rollout.SERIN, now));
    }

    /// The arm that a caller's key gets now.
    public Arm armOf(String key) {
        return split.armOf(key, running().share());
    }

    /// Takes what was seen of one call.
    ///
    /// @param at when the call began
    public void observe(Arm arm, Call call, Instant at) {
        watches.computeIfAbsent(running().step(), _ -> new Watch(stepBegan(), tracks))
                .observe(arm, call, at);
    }

    /// The step in force, or the last that was.
    public RolloutStep currentStep() {
        var step = plan.step(running().step());
        return new RolloutStep(
                step.name(), step.share().fraction(), step.duration(), step.gate() != null);
    }

    public List<Finding> findings(Instant now) {
        return running().judge(evidence(now), now).current();
    }

    /// The reason why the rollout must go back, if the evidence gives one.
    public Optional<String> checkRollback(Instant now) {
        var decision = running().decide(new Signal.Tick(), evidence(now), now);
        return switch (decision) {
            case Moved(var next, _) when next.phase() instanceof Phase.RolledBack ->
                    next.outcome().map(Outcome::reason);
            case Moved _, Stays _, Refused _ -> Optional.empty();
        };
    }

    /// Gives all calls back to the baseline, for ever.
    public void rollback(String reason, Instant now) {
        send(new Signal.RollBack(Rollout.SERIN, reason), now);
    }

    /// Goes on if the evidence and the step's time allow it; rolls back if the evidence demands it.
    ///
    /// @return whether anything changed
    public boolean advance(Instant now) {
        return send(new Signal.Tick(), now);
    }

    /// Passes the open gate.
    ///
    /// @throws IllegalStateException if no gate is open or the evidence has turned
    public void approve(String by, Instant now) {
        send(new Signal.Approve(by, "", "", Set.of()), now);
    }

    public boolean isWaiting() {
        return running().phase() instanceof Phase.AwaitingApproval;
    }

    public boolean isComplete() {
        return running().phase() instanceof Phase.Complete;
    }

    public boolean isRolledBack() {
        return running().phase() instanceof Phase.RolledBack;
    }

    public boolean isActive() {
        return running().isActive();
    }

    public List<Entry> journal() {
        return List.copyOf(journal);
    }

    private boolean send(Signal signal, Instant now) {
        return switch (running().decide(signal, evidence(now), now)) {
            case Moved moved -> {
                take(moved);
                yield true;
            }
            case Stays _ -> false;
            case Refused(String reason) -> throw new IllegalStateException(reason);
        };
    }

    private void take(Moved moved) {
        rollout = Optional.of(moved.next());
        journal.addAll(moved.entries());
    }

    private Rollout running() {
        return rollout.orElseThrow(() -> new IllegalStateException(name + " has not started"));
    }

    private Instant stepBegan() {
        return journal.stream()
                .filter(Entry.StepEntered.class::isInstance)
                .reduce((_, later) -> later)
                .orElseThrow()
                .at();
    }

    private Evidence evidence(Instant now) {
        var steps = new ArrayList<StepEvidence>();
        watches.forEach((step, watch) -> steps.add(watch.evidence(step, now)));
        return new Evidence(steps);
    }

    /// What was seen of one step.
    private static final class Watch {

        private final Instant began;
        private final Set<Track> tracks;
        private final TreeMap<Integer, Map<Arm, Recorder>> buckets = new TreeMap<>();

        Watch(Instant began, Set<Track> tracks) {
            this.began = began;
            this.tracks = tracks;
        }

        void observe(Arm arm, Call call, Instant at) {
            buckets.computeIfAbsent(StepEvidence.bucketOf(began, at), _ -> new EnumMap<>(Arm.class))
                    .computeIfAbsent(arm, this::recorder)
                    .record(call);
        }

        StepEvidence evidence(int step, Instant now) {
            var filled = new ArrayList<Bucket>();
            buckets.forEach((index, arms) ->
                    filled.add(
                            new Bucket(
                                    index,
                                    1,
                                    tallies(arms, Arm.CANDIDATE),
                                    tallies(arms, Arm.BASELINE))));
            int open = StepEvidence.bucketOf(began, now) + 1;
            int last = buckets.isEmpty() ? 0 : buckets.lastKey() + 1;
            return new StepEvidence(step, began, Math.max(open, last), filled, false);
        }

        private Recorder recorder(Arm arm) {
            var before = Tallies.NONE;
            for (var arms : buckets.values()) {
                before = before.plus(tallies(arms, arm));
            }
            return new Recorder(tracks, before);
        }

        private static Tallies tallies(Map<Arm, Recorder> arms, Arm arm) {
            var recorder = arms.get(arm);
            return recorder == null ? Tallies.NONE : recorder.tallies();
        }
    }
}
