package dev.serin.engine.rollout;

import static dev.serin.engine.rollout.Histories.NOON;
import static dev.serin.engine.rollout.Histories.PLAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.plan.Gate;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.rollout.Decision.Moved;
import dev.serin.engine.rollout.Decision.Refused;
import dev.serin.engine.rollout.Histories.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// What holds for every history of a rollout, however odd (design, "What always holds").
class RolloutProperties {

    private static final Duration IN_TIME = Duration.ofSeconds(100);
    private static final Plan TWO_IN_TIME =
            Histories.with(
                    Histories.plan(PLAN.conditions(), new Gate("", IN_TIME, Gate.Lapse.REJECT)),
                    null,
                    new Plan.Approvals(2, true));

    /// @param seen what the candidate shows in each step from now on
    /// @param later may be negative: clocks are wrong
    record Happening(Signal signal, List<Seen> seen, Duration later) {}

    /// One decision of a history, with all that went into it.
    record Turn(Rollout before, Signal signal, Evidence evidence, Instant now, Decision decision) {
        Rollout after() {
            return decision instanceof Moved moved ? moved.next() : before;
        }
    }

    @Property
    void theShareFallsOnlyToZero(@ForAll("histories") List<Happening> history) {
        for (var turn : play(history)) {
            var after = turn.after().share();
            if (after.compareTo(turn.before().share()) < 0) {
                assertThat(after).isEqualTo(Share.NONE);
            }
        }
    }

    @Property
    void theShareRisesOnlyOnEvidenceOrByAWaiverThatNamesIt(
            @ForAll("histories") List<Happening> history) {
        for (var turn : play(history)) {
            if (turn.after().share().compareTo(turn.before().share()) <= 0) {
                continue;
            }
            var waived = waivedBy(turn);
            assertThat(turn.before().judge(turn.evidence(), turn.now()).current())
                    .allSatisfy(finding -> {
                        switch (finding) {
                            case Finding.Met _, Finding.Resting _ -> {}
                            case Finding.Unsure unsure ->
                                    assertThat(waived).contains(unsure.condition().text());
                            case Finding.Breached breached ->
                                    throw new AssertionError("rose on " + breached);
                        }
                    });
        }
    }

    @Property
    void aGateIsPassedOnlyByAnApproval(@ForAll("histories") List<Happening> history) {
        for (var turn : play(history)) {
            if (turn.before().step() == 2 && turn.after().share().equals(Share.ALL)) {
                assertThat(turn.before().phase()).isInstanceOf(Phase.AwaitingApproval.class);
                assertThat(turn.signal()).isInstanceOf(Signal.Approve.class);
            }
        }
    }

    @Property
    void aGateWithRulesIsPassedOnlyByEveryNeededPersonInTime(
            @ForAll("crowdedHistories") List<Happening> history) {
        for (var turn : play(TWO_IN_TIME, history)) {
            if (turn.before().step() == 2 && turn.after().share().equals(Share.ALL)) {
                var gate = (Phase.AwaitingApproval) turn.before().phase();
                var last = ((Signal.Approve) turn.signal()).by();
                assertThat(gate.approvedBy()).hasSize(1).doesNotContain("ada", last);
                assertThat(last).isNotEqualTo("ada");
                assertThat(turn.now()).isBefore(gate.since().plus(IN_TIME));
            }
        }
    }

    @Example
    void aGateWithRulesIsPassedAtAll() {
        var good = List.of(Seen.GOOD, Seen.GOOD, Seen.GOOD);
        var history = new ArrayList<Happening>();
        for (int i = 0; i < 4; i++) {
            history.add(new Happening(new Signal.Tick(), good, Duration.ofSeconds(31)));
        }
        for (var by : List.of("mira", "noor")) {
            history.add(
                    new Happening(
                            new Signal.Approve(by, "", "", Set.of()), good, Duration.ofSeconds(1)));
        }
        assertThat(play(TWO_IN_TIME, history).getLast().after().share()).isEqualTo(Share.ALL);
    }

    @Property
    void noShareRisesWhileFrozenAndAllElseGoesOnAsWithoutTheFreeze(
            @ForAll("histories") List<Happening> history,
            @ForAll @IntRange(max = 400) int seconds) {
        var freeze = new Freeze(NOON.plusSeconds(seconds), "noor", "a holiday");
        for (var turn : play(PLAN, history, freeze)) {
            var without = turn.before().decide(turn.signal(), turn.evidence(), turn.now());
            var last = turn.before().last();
            var then = turn.now().isBefore(last) ? last : turn.now();
            boolean raises =
                    without instanceof Moved moved
                            && moved.next().share().compareTo(turn.before().share()) > 0;
            if (raises && then.isBefore(freeze.until())) {
                assertThat(turn.decision()).isNotInstanceOf(Moved.class);
            } else {
                assertThat(turn.decision()).isEqualTo(without);
            }
        }
    }

    @Property
    void nobodyApprovesWhileFrozenThoughOthersMustApproveToo(
            @ForAll("crowdedHistories") List<Happening> history,
            @ForAll @IntRange(max = 400) int seconds) {
        var freeze = new Freeze(NOON.plusSeconds(seconds), "noor", "a holiday");
        for (var turn : play(TWO_IN_TIME, history, freeze)) {
            if (turn.decision() instanceof Moved(_, var entries)) {
                assertThat(entries)
                        .allSatisfy(entry -> {
                            if (entry instanceof Entry.Approved) {
                                assertThat(entry.at()).isAfterOrEqualTo(freeze.until());
                            }
                        });
            }
        }
    }

    @Property
    void whatHasEndedStaysEndedAndTakesNoSignal(@ForAll("histories") List<Happening> history) {
        for (var turn : play(history)) {
            if (!turn.before().isActive()) {
                assertThat(turn.decision()).isInstanceOf(Refused.class);
            }
        }
    }

    @Property
    void eachStepIsEnteredAtMostOnce(@ForAll("histories") List<Happening> history) {
        var entered = new HashSet<Integer>(Set.of(0));
        for (var entry : journal(play(history))) {
            if (entry instanceof Entry.StepEntered step) {
                assertThat(entered.add(step.step())).as("step %d", step.step()).isTrue();
            }
        }
    }

    @Property
    void silenceNeverGivesTheCandidateMoreThanItsFirstStep(
            @ForAll("silentHistories") List<Happening> history) {
        assertThat(play(history))
                .allSatisfy(turn ->
                        assertThat(turn.after().share()).isLessThanOrEqualTo(PLAN.step(1).share()));
    }

    @Property
    void theJournalNeverGoesBackInTime(@ForAll("histories") List<Happening> history) {
        var last = NOON;
        for (var entry : journal(play(history))) {
            assertThat(entry.at()).isAfterOrEqualTo(last);
            last = entry.at();
        }
    }

    @Property
    void aBreachRollsBackFromEveryActivePhase(@ForAll("histories") List<Happening> history) {
        for (var turn : play(history)) {
            if (turn.before().isActive()
                    && turn.signal() instanceof Signal.Tick
                    && turn.before().judge(turn.evidence(), turn.now()).fatal().isPresent()) {
                assertThat(turn.after().phase()).isInstanceOf(Phase.RolledBack.class);
            }
        }
    }

    @Property
    void theSameHistoryGivesTheSameJournal(@ForAll("histories") List<Happening> history) {
        var turns = play(history);
        var rollout = Rollout.start(PLAN, "ada", NOON).next();
        var again = new ArrayList<Entry>();
        for (var turn : turns) {
            if (rollout.decide(turn.signal(), turn.evidence(), turn.now())
                    instanceof Moved(var next, var entries)) {
                rollout = next;
                again.addAll(entries);
            }
        }
        assertThat(again).isEqualTo(journal(turns));
    }

    @Provide
    Arbitrary<List<Happening>> histories() {
        return historiesOf(
                Arbitraries.of(
                        Seen.GOOD,
                        Seen.GOOD,
                        Seen.GOOD,
                        Seen.NOTHING,
                        Seen.UNLABELLED,
                        Seen.FAILING,
                        Seen.HALLUCINATING));
    }

    @Provide
    Arbitrary<List<Happening>> silentHistories() {
        var silence = Arbitraries.of(Seen.NOTHING);
        return Combinators.combine(
                        Arbitraries.<Signal>of(
                                new Signal.Tick(),
                                new Signal.Approve("mira", "", "", Set.of()),
                                new Signal.Pause("mira", ""),
                                new Signal.Resume("mira", ""),
                                new Signal.Promote("mira", "", Set.of())),
                        silence.list().ofSize(3),
                        waits())
                .as(Happening::new)
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<Happening>> crowdedHistories() {
        var approvals =
                Arbitraries.of("ada", "mira", "noor")
                        .<Signal>map(by -> new Signal.Approve(by, "", "", Set.of()));
        var others =
                Arbitraries.<Signal>of(
                        new Signal.Tick(),
                        new Signal.Promote("mira", "", Set.of()),
                        new Signal.Pause("mira", ""),
                        new Signal.Resume("mira", ""));
        return Combinators.combine(
                        Arbitraries.oneOf(approvals, others),
                        Arbitraries.just(List.of(Seen.GOOD, Seen.GOOD, Seen.GOOD)),
                        Arbitraries.integers().between(-10, 120).map(Duration::ofSeconds))
                .as(Happening::new)
                .list()
                .ofMaxSize(30);
    }

    private static Arbitrary<List<Happening>> historiesOf(Arbitrary<Seen> seen) {
        var waiver = Set.of(Histories.HALLUCINATIONS_TEXT);
        var signals =
                Arbitraries.<Signal>of(
                        new Signal.Tick(),
                        new Signal.Tick(),
                        new Signal.Tick(),
                        new Signal.Tick(),
                        new Signal.Approve("mira", "fine", "e", Set.of()),
                        new Signal.Approve("mira", "fine", "e", waiver),
                        new Signal.Reject("mira", "no"),
                        new Signal.Pause("mira", "lunch"),
                        new Signal.Resume("mira", "back"),
                        new Signal.Promote("mira", "clear", Set.of()),
                        new Signal.Promote("mira", "clear", waiver),
                        new Signal.RollBack("mira", "a hunch"));
        return Combinators.combine(signals, seen.list().ofSize(3), waits())
                .as(Happening::new)
                .list()
                .ofMaxSize(30);
    }

    private static Arbitrary<Duration> waits() {
        return Arbitraries.integers().between(-100, 3_600).map(Duration::ofSeconds);
    }

    private static List<Turn> play(List<Happening> history) {
        return play(PLAN, history);
    }

    private static List<Turn> play(Plan plan, List<Happening> history) {
        return play(plan, history, Freeze.NONE);
    }

    private static List<Turn> play(Plan plan, List<Happening> history, Freeze freeze) {
        var rollout = Rollout.start(plan, "ada", NOON).next();
        var turns = new ArrayList<Turn>();
        var now = NOON;
        for (var happening : history) {
            now = now.plus(happening.later());
            var evidence = evidence(happening.seen());
            var decision = rollout.decide(happening.signal(), evidence, now, freeze);
            turns.add(new Turn(rollout, happening.signal(), evidence, now, decision));
            rollout = turns.getLast().after();
        }
        return turns;
    }

    private static Evidence evidence(List<Seen> candidate) {
        var steps = new ArrayList<StepEvidence>();
        for (int step = 0; step < candidate.size(); step++) {
            steps.add(Histories.stepSeen(step + 1, candidate.get(step), Seen.GOOD));
        }
        return new Evidence(steps);
    }

    private static List<Entry> journal(List<Turn> turns) {
        return turns.stream()
                .map(Turn::decision)
                .filter(Moved.class::isInstance)
                .flatMap(decision -> ((Moved) decision).entries().stream())
                .toList();
    }

    private static Set<String> waivedBy(Turn turn) {
        var waived = new HashSet<String>();
        if (turn.before().phase() instanceof Phase.AwaitingApproval gate) {
            waived.addAll(gate.waived());
        }
        if (turn.signal() instanceof Signal.Approve approve) {
            waived.addAll(approve.waive());
        }
        if (turn.signal() instanceof Signal.Promote promote) {
            waived.addAll(promote.waive());
        }
        return waived;
    }
}
