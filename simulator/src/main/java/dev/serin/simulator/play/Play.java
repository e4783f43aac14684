package dev.serin.simulator.play;

import dev.serin.engine.judge.Finding;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Step;
import dev.serin.engine.rollout.Decision.Moved;
import dev.serin.engine.rollout.Decision.Refused;
import dev.serin.engine.rollout.Decision.Stays;
import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Judgement;
import dev.serin.engine.rollout.Phase.AwaitingApproval;
import dev.serin.engine.rollout.Phase.Complete;
import dev.serin.engine.rollout.Phase.Observing;
import dev.serin.engine.rollout.Phase.Paused;
import dev.serin.engine.rollout.Phase.RolledBack;
import dev.serin.engine.rollout.Phase.Waiting;
import dev.serin.engine.rollout.Rollout;
import dev.serin.engine.rollout.Signal;
import dev.serin.engine.traffic.Arm;
import dev.serin.simulator.time.VirtualClock;
import dev.serin.simulator.traffic.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Plays one rollout from its start to its end, or to the play's own.
public final class Play {

    private final List<Act> people;
    private final Set<String> never;
    private final Traffic traffic;
    private final VirtualClock clock;
    private final Instant limit;
    private final Pace pace;
    private final Folding folding;
    private final Set<Act> spent = new HashSet<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Integer, List<Finding>> findings = new TreeMap<>();
    private Rollout rollout;
    private @Nullable Judgement last;
    private String waitsFor = "";

    private Play(
            Plan plan,
            String by,
            Instant start,
            Traffic traffic,
            List<Act> people,
            Pace pace,
            Set<String> never) {
        this.people = List.copyOf(people);
        this.never = Set.copyOf(never);
        this.traffic = traffic;
        this.pace = pace;
        this.clock = new VirtualClock(start);
        this.limit = start.plus(pace.limit());
        this.folding = new Folding(plan, pace.grain());
        var started = Rollout.start(plan, by, start);
        rollout = started.next();
        started.entries().forEach(this::write);
    }

    /// Plays it. The same arguments give the same play.
    ///
    /// @param by who starts it
    /// @param traffic begins its calls at `start` or later
    /// @param people what they do; where the rollout waits for a person and none of them answers, the
    ///     play ends, but goes on to the moment in which a gate lapses. With nobody it ends at once
    public static Played of(
            Plan plan, String by, Instant start, Traffic traffic, List<Act> people, Pace pace) {
        return of(plan, by, start, traffic, people, pace, Set.of());
    }

    /// The same, where some conditions can never be met: the play ends undecided as soon as it waits
    /// for nothing else.
    ///
    /// @param never their texts
    public static Played of(
            Plan plan,
            String by,
            Instant start,
            Traffic traffic,
            List<Act> people,
            Pace pace,
            Set<String> never) {
        return new Play(plan, by, start, traffic, people, pace, never).run();
    }

    private Played run() {
        while (rollout.isActive() && clock.instant().isBefore(limit) && goesOn()) {
            var now = clock.advance(pace.next(age()));
            traffic.until(now, inForce()).forEach(folding::add);
            look(now);
        }
        var end = clock.instant();
        var judged = last == null ? rollout.judge(folding.evidence(end), end) : last;
        traffic.rest().forEach(folding::add);
        return new Played(
                rollout,
                entries,
                folding.evidence(end),
                judged,
                steps(),
                end,
                rollout.isActive() ? waitsFor : "");
    }

    /// How long ago the rollout last changed.
    private Duration age() {
        return Duration.between(rollout.last(), clock.instant());
    }

    private Traffic.InForce inForce() {
        var step = rollout.plan().step(rollout.step());
        return new Traffic.InForce(rollout.step(), rollout.share(), step.mirror());
    }

    private void look(Instant now) {
        for (var act : people) {
            if (!spent.contains(act)
                    && act.isDue(rollout.phase(), now)
                    && moves(act.signal(), now)) {
                spend(act);
                return;
            }
        }
        moves(new Signal.Tick(), now);
    }

    /// A step is entered once; gates and pauses come again.
    private void spend(Act act) {
        if (act.moment() instanceof Act.Moment.Step) {
            spent.add(act);
        }
    }

    private boolean moves(Signal signal, Instant now) {
        var evidence = folding.evidence(now);
        return switch (rollout.decide(signal, evidence, now)) {
            case Moved moved -> {
                if (!moved.next().isActive()) {
                    last = rollout.judge(evidence, now);
                }
                rollout = moved.next();
                moved.entries().forEach(this::write);
                yield true;
            }
            case Stays(var seen, var why) -> {
                findings.put(rollout.step(), seen);
                waitsFor = why;
                yield false;
            }
            case Refused(var why) -> {
                waitsFor = why;
                yield false;
            }
        };
    }

    private void write(Entry entry) {
        entries.add(entry);
        if (entry instanceof Entry.StepEntered) {
            folding.enter(entry.step(), entry.at());
        }
        int judged = entry instanceof Entry.StepEntered ? entry.step() - 1 : entry.step();
        if (!entry.findings().isEmpty()) {
            findings.put(judged, entry.findings());
        }
        if (entry instanceof Entry.Paused paused) {
            waitsFor = paused.why();
        }
    }

    private boolean goesOn() {
        return switch (rollout.phase()) {
            case Observing at -> !waitsForNever(at);
            case Waiting _, Complete _, RolledBack _ -> true;
            case AwaitingApproval(var at, _, _, _) ->
                    answered() || (!people.isEmpty() && lapses(at.step()));
            case Paused _ -> answered();
        };
    }

    private boolean waitsForNever(Observing at) {
        var seen = findings.getOrDefault(at.step(), List.of());
        var over = at.since().plus(rollout.plan().step(at.step()).duration());
        if (never.isEmpty() || clock.instant().isBefore(over)) {
            return false;
        }
        var open = seen.stream().filter(Finding.Unsure.class::isInstance).toList();
        return !open.isEmpty()
                && open.stream().allMatch(found -> never.contains(found.condition().text()));
    }

    private boolean answered() {
        return people.stream().anyMatch(act -> act.answers(rollout.phase()));
    }

    private boolean lapses(int step) {
        var gate = rollout.plan().step(step).gate();
        return gate != null && gate.within() != null;
    }

    private List<PlayedStep> steps() {
        var starts = entries.stream().filter(Entry.StepEntered.class::isInstance).toList();
        var steps = new ArrayList<PlayedStep>();
        for (int i = 0; i < starts.size(); i++) {
            var start = starts.get(i);
            Step step = rollout.plan().step(start.step());
            steps.add(
                    new PlayedStep(
                            start.step(),
                            step.name(),
                            step.share(),
                            start.at(),
                            i + 1 < starts.size() ? starts.get(i + 1).at() : ended(),
                            folding.calls(start.step(), Arm.BASELINE),
                            folding.calls(start.step(), Arm.CANDIDATE),
                            findings.getOrDefault(start.step(), List.of())));
        }
        return steps;
    }

    private Instant ended() {
        return rollout.isActive() ? clock.instant() : rollout.last();
    }
}
