package dev.serin.simulator.backtest;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.rollout.Decision.Moved;
import dev.serin.engine.rollout.Decision.Refused;
import dev.serin.engine.rollout.Decision.Stays;
import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Phase.AwaitingApproval;
import dev.serin.engine.rollout.Phase.Complete;
import dev.serin.engine.rollout.Phase.Observing;
import dev.serin.engine.rollout.Phase.Paused;
import dev.serin.engine.rollout.Phase.RolledBack;
import dev.serin.engine.rollout.Phase.Waiting;
import dev.serin.engine.rollout.Rollout;
import dev.serin.engine.rollout.Signal;
import dev.serin.simulator.backtest.BacktestReport.Exposure;
import dev.serin.simulator.backtest.BacktestReport.Step;
import dev.serin.simulator.backtest.BacktestReport.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Plays a plan on the calls of a run that is over.
public final class Backtest {

    /// A step is looked at every bucket at first, later at every such part of its age.
    private static final long LOOKS_BY_AGE = 300;

    private final Recorded run;
    private final Plan plan;
    private final Map<Integer, StepEvidence> evidence = new TreeMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Instant start;
    private Rollout rollout;
    private Instant now;
    private List<Finding> findings = List.of();
    private String waitsFor = "";

    private Backtest(Recorded run, Plan plan) {
        this.run = run;
        this.plan = plan;
        this.start = run.steps().isEmpty() ? run.end() : run.steps().getFirst().start();
        this.now = start;
        this.rollout = Rollout.start(plan, Rollout.SERIN, start).next();
    }

    /// What `plan` would have done on the calls of `run`. Gates are taken as approved at once.
    public static BacktestReport of(Recorded run, Plan plan) {
        return new Backtest(run, plan).play();
    }

    private BacktestReport play() {
        var unknown = new ArrayList<>(new Answerable(run).objections(plan));
        var end = walk();
        run.coarseness().ifPresent(unknown::add);
        if (end.verdict() == Verdict.UNKNOWN) {
            unknown.addFirst(end.reason());
        }
        return new BacktestReport(
                end.verdict(),
                end.reason(),
                Duration.between(start, now),
                exposed(new Evidence(List.copyOf(evidence.values()))),
                exposed(run.evidence()),
                steps,
                unknown);
    }

    private record End(Verdict verdict, String reason) {}

    private End walk() {
        while (true) {
            int index = rollout.step();
            var step = plan.step(index);
            var entered = now;
            var recorded = run.like(step);
            if (recorded.isEmpty() && step.reachesCandidate()) {
                note(index, entered, Optional.empty());
                return new End(
                        Verdict.UNKNOWN,
                        run.shares().isEmpty()
                                ? "the run never gave the candidate any calls"
                                : "the run never gave the candidate %s%s, only %s"
                                        .formatted(
                                                Recorded.share(step),
                                                step.isShadow() ? "" : " of the calls",
                                                run.shares()));
            }
            var end = recorded.isEmpty() ? dark(index) : onCalls(index, entered, recorded.get());
            note(index, entered, recorded);
            if (end.isPresent()) {
                return end.get();
            }
        }
    }

    /// A step that measures the baseline alone, and that the run did not have.
    private Optional<End> dark(int index) {
        now = now.plus(plan.step(index).duration());
        look();
        return ended(index)
                .or(() ->
                        rollout.step() == index
                                ? Optional.of(new End(Verdict.UNKNOWN, waitsFor))
                                : Optional.empty());
    }

    /// Walks through the calls of the run's step; empty once the plan goes on to its next one.
    private Optional<End> onCalls(int index, Instant entered, StepEvidence recorded) {
        var length = run.lengthOf(recorded);
        var age = Duration.ZERO;
        do {
            age = next(age, length);
            now = entered.plus(age);
            boolean all = age.equals(length);
            evidence.put(index, seen(index, entered, recorded, age, all));
            look();
            var end = ended(index);
            if (end.isPresent() || rollout.step() != index) {
                return end;
            }
        } while (age.compareTo(length) < 0);
        var fatal = run.isLast(recorded) ? run.fatalFor(plan) : Optional.<Finding.Breached>empty();
        return fatal.isPresent()
                ? fatal.map(breach -> new End(Verdict.ROLLED_BACK, breach.sentence()))
                : rest(index, entered, length);
    }

    /// The step's calls are used up and it has not passed. Without traffic time alone may still end
    /// its minimum age; more than that nobody can say.
    private Optional<End> rest(int index, Instant entered, Duration length) {
        var least = plan.step(index).duration();
        if (length.compareTo(least) < 0) {
            now = entered.plus(least);
            look();
            var end = ended(index);
            if (end.isPresent() || rollout.step() != index) {
                return end;
            }
        }
        return Optional.of(
                new End(
                        Verdict.UNKNOWN,
                        "the run spent %s at %s, and then: %s"
                                .formatted(
                                        words(length),
                                        Recorded.share(plan.step(index)),
                                        waitsFor)));
    }

    private static Duration next(Duration age, Duration length) {
        var rarely = age.dividedBy(LOOKS_BY_AGE);
        var pause = rarely.compareTo(StepEvidence.WIDTH) > 0 ? rarely : StepEvidence.WIDTH;
        var next = age.plus(pause);
        return next.compareTo(length) < 0 ? next : length;
    }

    /// The part of the step that was over at `age`, moved to when the plan would have entered it.
    private static StepEvidence seen(
            int index, Instant entered, StepEvidence recorded, Duration age, boolean all) {
        int over = all ? Integer.MAX_VALUE : (int) age.dividedBy(StepEvidence.WIDTH);
        var filled =
                recorded.filled().stream()
                        .filter(bucket -> bucket.index() + bucket.width() <= over)
                        .toList();
        int buckets = all ? recorded.buckets() : Math.min(recorded.buckets(), over + 1);
        return new StepEvidence(index, entered, buckets, filled, recorded.splitByServer());
    }

    private void look() {
        decide(new Signal.Tick());
        int approvers = 0;
        while (rollout.phase() instanceof AwaitingApproval gate
                && approvers < plan.approvals().count()) {
            var by = "approver " + (gate.approvedBy().size() + 1);
            decide(new Signal.Approve(by, "", "", Set.of()));
            approvers++;
        }
    }

    private void decide(Signal signal) {
        var seen = new Evidence(List.copyOf(evidence.values()));
        switch (rollout.decide(signal, seen, now)) {
            case Moved(var next, var entries) -> {
                findings =
                        entries.stream()
                                .map(Entry::findings)
                                .filter(found -> !found.isEmpty())
                                .findFirst()
                                .orElse(findings);
                rollout = next;
            }
            case Stays(var found, var why) -> {
                findings = found;
                waitsFor = why;
            }
            case Refused(var why) -> waitsFor = why;
        }
    }

    private Optional<End> ended(int index) {
        return switch (rollout.phase()) {
            case Complete(_, var outcome) ->
                    Optional.of(new End(Verdict.PROMOTED, outcome.reason()));
            case RolledBack(_, _, var outcome) ->
                    Optional.of(new End(Verdict.ROLLED_BACK, outcome.reason()));
            case Paused paused -> Optional.of(new End(Verdict.ASKS, paused.why()));
            case AwaitingApproval _ ->
                    Optional.of(new End(Verdict.ASKS, "the gate after " + name(index)));
            case Waiting _, Observing _ -> Optional.empty();
        };
    }

    private void note(int index, Instant entered, Optional<StepEvidence> recorded) {
        var step = plan.step(index);
        var seen = evidence.get(index);
        steps.add(
                new Step(
                        step.name(),
                        step.share(),
                        recorded.map(it -> run.plan().step(it.step()).name()).orElse(null),
                        Duration.between(entered, now),
                        seen == null ? 0 : seen.candidate().counts(new Track.Calls()).n(),
                        findings));
        findings = List.of();
    }

    private String name(int index) {
        return plan.step(index).name();
    }

    private Exposure exposed(Evidence calls) {
        var exposed = rollout.judge(calls, now).exposed();
        long keys =
                calls.steps().stream()
                        .mapToLong(step -> step.candidate().counts(new Track.Keys()).n())
                        .max()
                        .orElse(0);
        boolean none = exposed.calls() == 0;
        return new Exposure(
                exposed.calls(),
                keys > 0 || none ? keys : null,
                exposed.badCalls(),
                none || toldCost(calls) ? exposed.usd() : null);
    }

    private static boolean toldCost(Evidence calls) {
        return calls.steps().stream().anyMatch(step -> step.candidate().spent().n() > 0);
    }

    private static String words(Duration time) {
        return time.toHours() > 0
                ? "%d h %d min".formatted(time.toHours(), time.toMinutesPart())
                : time.toMinutes() > 0
                        ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
                        : time.toSeconds() + " s";
    }
}
