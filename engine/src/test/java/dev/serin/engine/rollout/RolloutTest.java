package dev.serin.engine.rollout;

import static dev.serin.engine.rollout.Histories.ERRORS;
import static dev.serin.engine.rollout.Histories.HALLUCINATIONS_TEXT;
import static dev.serin.engine.rollout.Histories.NOON;
import static dev.serin.engine.rollout.Histories.PLAN;
import static dev.serin.engine.rollout.Histories.after;
import static dev.serin.engine.rollout.Histories.at;
import static dev.serin.engine.rollout.Histories.atGate;
import static dev.serin.engine.rollout.Histories.paused;
import static dev.serin.engine.rollout.Histories.plan;
import static dev.serin.engine.rollout.Histories.rate;
import static dev.serin.engine.rollout.Histories.seen;
import static dev.serin.engine.rollout.Histories.stepSeen;
import static dev.serin.engine.rollout.Histories.with;
import static dev.serin.engine.rollout.Histories.withBudget;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Condition.Consequence;
import dev.serin.engine.judge.Condition.Side;
import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Quantity;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.StepEvidence.Bucket;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Gate;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.rollout.Decision.Moved;
import dev.serin.engine.rollout.Decision.Refused;
import dev.serin.engine.rollout.Decision.Stays;
import dev.serin.engine.rollout.Histories.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A rollout")
class RolloutTest {

    private static final Signal TICK = new Signal.Tick();

    @Nested
    @DisplayName("that starts")
    class Starting {

        @Test
        @DisplayName("is in its first step, and its journal begins with who started it")
        void entersItsFirstStep() {
            var start = Rollout.start(PLAN, "ada", NOON);

            assertThat(start.next().share()).isEqualTo(Share.NONE);
            assertThat(start.entries())
                    .containsExactly(
                            new Entry.Started(NOON, "ada"),
                            new Entry.StepEntered(NOON, 0, Rollout.SERIN, Share.NONE, List.of()));
        }

        @Test
        @DisplayName("as a way back goes to all calls at once")
        void wayBackCompletesAtOnce() {
            var back =
                    new Plan(
                            "support-chat",
                            "gpt-4",
                            "gpt-3.5-turbo",
                            List.of(PLAN.step(3)),
                            List.of(),
                            List.of(),
                            null,
                            Plan.Rules.DEFAULT,
                            null,
                            Plan.Key.USER,
                            Plan.Approvals.ONE);

            var start = Rollout.start(back, "ada", NOON);

            assertThat(start.next().share()).isEqualTo(Share.ALL);
            assertThat(start.next().phase()).isInstanceOf(Phase.Complete.class);
        }
    }

    @Nested
    @DisplayName("in its baseline step")
    class BaselineStep {

        @Test
        @DisplayName("passes when the step's time is over, without a single candidate call")
        void passesWithTime() {
            assertThat(at(PLAN, 0).decide(TICK, Evidence.NONE, after(9))).isInstanceOf(Stays.class);
            assertThat(next(at(PLAN, 0).decide(TICK, Evidence.NONE, after(10))).share())
                    .isEqualTo(Share.percent(5));
        }

        @Test
        @DisplayName("pauses when the baseline itself breaks a condition, and asks only once")
        void pausesOnABadBaseline() {
            var evidence = new Evidence(List.of(stepSeen(0, Seen.NOTHING, Seen.FAILING)));

            var asked = next(at(PLAN, 0).decide(TICK, evidence, after(10)));
            assertThat(asked.phase()).isInstanceOf(Phase.Paused.class);

            var resumed =
                    next(asked.decide(new Signal.Resume("mira", "known"), evidence, after(20)));
            assertThat(next(resumed.decide(TICK, evidence, after(30))).share())
                    .isEqualTo(Share.percent(5));
        }
    }

    @Nested
    @DisplayName("that observes")
    class Observing {

        @Test
        @DisplayName("goes on when time is over and every condition is met")
        void goesOn() {
            var good = seen(1, Seen.GOOD);

            assertThat(at(PLAN, 1).decide(TICK, good, after(29))).isInstanceOf(Stays.class);
            assertThat(next(at(PLAN, 1).decide(TICK, good, after(30))).share())
                    .isEqualTo(Share.percent(25));
        }

        @Test
        @DisplayName(
                "stays where it is while the source of its evidence is silent, and is waived by name")
        void neverPromotesOnSilence() {
            var good = new Evidence(seen(1, Seen.GOOD).steps(), "the source main is silent");

            assertThat(at(PLAN, 1).decide(TICK, good, after(300)))
                    .isEqualTo(
                            new Stays(
                                    at(PLAN, 1).judge(good, after(300)).current(),
                                    "the source main is silent"));
            assertThat(
                            next(at(PLAN, 1)
                                            .decide(
                                                    new Signal.Promote(
                                                            "mira", "", Set.of("source")),
                                                    good,
                                                    after(300)))
                                    .share())
                    .isEqualTo(Share.percent(25));
            var bad = new Evidence(seen(1, Seen.FAILING).steps(), "the source main is silent");
            assertThat(next(at(PLAN, 1).decide(TICK, bad, after(2))).share()).isEqualTo(Share.NONE);
        }

        @Test
        @DisplayName("rolls back at once on a breach, whatever the step's time")
        void rollsBackAtOnce() {
            var rolled = next(at(PLAN, 1).decide(TICK, seen(1, Seen.FAILING), after(2)));

            assertThat(rolled.share()).isEqualTo(Share.NONE);
            assertThat(rolled.outcome())
                    .hasValueSatisfying(outcome -> {
                        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.BREACHED);
                        assertThat(outcome.reason()).contains("200 calls");
                    });
        }

        @Test
        @DisplayName("says so when the baseline failed too")
        void blamesTheProvider() {
            var evidence = new Evidence(List.of(stepSeen(1, Seen.FAILING, Seen.FAILING)));

            assertThat(next(at(PLAN, 1).decide(TICK, evidence, after(2))).outcome())
                    .hasValueSatisfying(outcome ->
                            assertThat(outcome.reason())
                                    .containsPattern(
                                            "The baseline failed too, [0-9.]+ % of [0-9,]+ calls:"
                                                    + " likely the provider"));
        }

        @Test
        @DisplayName("rolls back on a breach that is found late in an earlier step's evidence")
        void rollsBackOnLateEvidence() {
            var evidence =
                    new Evidence(
                            List.of(
                                    stepSeen(1, Seen.HALLUCINATING, Seen.GOOD),
                                    stepSeen(2, Seen.GOOD, Seen.GOOD)));

            var rolled = next(at(PLAN, 2).decide(TICK, evidence, after(5)));

            assertThat(rolled.share()).isEqualTo(Share.NONE);
            assertThat(rolled.outcome().orElseThrow().reason()).contains("earlier step");
        }

        @Test
        @DisplayName("asks a person when it stays unsure for longer than its patience")
        void losesPatience() {
            var unlabelled = seen(1, Seen.UNLABELLED);

            assertThat(at(PLAN, 1).decide(TICK, unlabelled, after(3_600)))
                    .isInstanceOf(Stays.class);

            var asked = next(at(PLAN, 1).decide(TICK, unlabelled, after(24 * 3_600)));
            assertThat(asked.phase()).isInstanceOf(Phase.Paused.class);
            assertThat(asked.share()).isEqualTo(Share.percent(5));
        }

        @Test
        @DisplayName("asks a person after 20,000 candidate calls without an answer")
        void losesPatienceByCalls() {
            var many = seen(1, new Seen(20_000, 200, 0, 0));

            assertThat(next(at(PLAN, 1).decide(TICK, many, after(31))).phase())
                    .isInstanceOf(Phase.Paused.class);
        }

        @Test
        @DisplayName("pauses on a breach that only asks, and a resume settles the question")
        void asksOnce() {
            var plan = plan(List.of(rate(Metric.ERROR_RATE, 0.10, Consequence.ASK)), null);
            var failing = seen(1, Seen.FAILING);

            var asked = next(at(plan, 1).decide(TICK, failing, after(5)));
            assertThat(asked.phase()).isInstanceOf(Phase.Paused.class);

            var resumed = next(asked.decide(new Signal.Resume("mira", ""), failing, after(6)));
            assertThat(resumed.decide(TICK, failing, after(60))).isInstanceOf(Stays.class);
        }

        @Test
        @DisplayName("pauses on a quota that is used up, and goes on by itself after a resume")
        void asksOnceAboutAQuota() {
            var quota = new Track.Failures("insufficient_quota");
            var evidence = also(2, Map.of(quota, new Tally.Counts(3, 3)));

            var asked = next(at(PLAN, 2).decide(TICK, evidence, after(5)));
            assertThat(asked.phase()).isInstanceOf(Phase.Paused.class);
            assertThat(asked.judge(evidence, after(5)).blocks()).hasSize(1);

            var resumed = next(asked.decide(new Signal.Resume("mira", ""), evidence, after(6)));
            assertThat(resumed.judge(evidence, after(6)).blocks()).isEmpty();
            var gate = next(resumed.decide(TICK, evidence, after(31)));
            assertThat(gate.phase()).isInstanceOf(Phase.AwaitingApproval.class);
            var approve = new Signal.Approve("mira", "", "e-1", Set.of());
            assertThat(next(gate.decide(approve, evidence, after(32))).share())
                    .isEqualTo(Share.ALL);
        }

        @Test
        @DisplayName("is not let past a silent source by a resume")
        void settlesNoSilence() {
            var silent = new Evidence(seen(1, Seen.GOOD).steps(), "the source main is silent");
            var asked = next(at(PLAN, 1).decide(TICK, silent, after(24 * 3_600)));
            assertThat(asked.phase()).isInstanceOf(Phase.Paused.class);

            var resumed =
                    next(asked.decide(new Signal.Resume("mira", ""), silent, after(25 * 3_600)));
            assertThat(resumed.decide(TICK, silent, after(26 * 3_600))).isInstanceOf(Stays.class);
        }

        @Test
        @DisplayName("lets a condition that is only shown have no part in anything")
        void showsOnly() {
            var plan =
                    plan(
                            List.of(
                                    rate(Metric.ERROR_RATE, 0.10, Consequence.SHOW),
                                    Histories.HALLUCINATIONS),
                            null);
            var failing = new Seen(1_000, 600, 1_000, 10);

            assertThat(next(at(plan, 1).decide(TICK, seen(1, failing), after(30))).share())
                    .isEqualTo(Share.percent(25));
        }

        @Test
        @DisplayName("claims of no condition that it was met when it is promoted")
        void claimsNoConditions() {
            var plan = plan(List.of(rate(Metric.ERROR_RATE, 0.10, Consequence.SHOW)), null);

            assertThat(next(at(plan, 3).decide(TICK, seen(3, Seen.FAILING), after(1))).outcome())
                    .contains(
                            new Outcome(
                                    Outcome.Kind.PROMOTED,
                                    "Every step was passed; gpt-4 serves all calls."));
        }

        @Test
        @DisplayName("is not promoted with an exhausted budget, though all that decides rests")
        void keepsToItsBudget() {
            var relative =
                    new Condition(
                            Metric.ERROR_RATE,
                            Side.AT_LEAST,
                            new Limit.Relative(1, 0.02),
                            Consequence.ROLL_BACK,
                            null);
            var plan =
                    plan(List.of(relative, rate(Metric.ERROR_RATE, 0.1, Consequence.SHOW)), null);
            var failing = seen(3, Seen.FAILING);

            assertThat(next(at(plan, 3).decide(TICK, failing, after(60))).phase())
                    .isInstanceOf(Phase.Complete.class);
            var kept = at(withBudget(plan, 0.05), 3).decide(TICK, failing, after(60));
            assertThat(kept).isInstanceOf(Stays.class);
            assertThat(at(withBudget(plan, 0.05), 3).judge(failing, after(60)).current())
                    .first()
                    .isInstanceOfSatisfying(
                            Finding.Unsure.class,
                            unsure -> assertThat(unsure.why()).contains("error budget"));
        }

        @Test
        @DisplayName("rolls back when the upgrade has cost what the plan allows")
        void keepsToItsExposure() {
            var plan = with(PLAN, new Plan.Exposure(10L, null), Plan.Approvals.ONE);
            var tenBad = seen(1, new Seen(1_000, 10, 1_000, 0));

            assertThat(next(at(plan, 1).decide(TICK, tenBad, after(1))).outcome())
                    .hasValueSatisfying(
                            outcome -> assertThat(outcome.kind()).isEqualTo(Outcome.Kind.EXPOSURE));
        }

        @Test
        @DisplayName("holds against its cap what all calls cost, those that nobody judges too")
        void keepsToItsMoney() {
            var plan = with(PLAN, new Plan.Exposure(null, 20.0), Plan.Approvals.ONE);
            Track judged = new Track.Sum(Quantity.COST_USD, 0.5);
            Map<Track, Tally> older = Map.of(judged, new Tally.Moments(20, 1, 0, 0));
            Map<Track, Tally> whole =
                    Map.of(
                            judged,
                            new Tally.Moments(20, 1, 0, 0),
                            new Track.Spent(),
                            new Tally.Moments(1_000, 50, 0, 0));

            assertThat(at(plan, 1).judge(also(1, older), after(1)).exposed().usd()).isEqualTo(1);
            assertThat(next(at(plan, 1).decide(TICK, also(1, whole), after(1))).outcome())
                    .contains(
                            new Outcome(
                                    Outcome.Kind.EXPOSURE,
                                    "$50.00 spent on 1,000 candidate calls reached the plan's cap"
                                            + " of $20.00."));
        }
    }

    @Nested
    @DisplayName("that a person finishes early")
    class Promoting {

        @Test
        @DisplayName("skips the step's remaining time")
        void skipsTime() {
            var promote = new Signal.Promote("mira", "clear enough", Set.of());

            assertThat(next(at(PLAN, 1).decide(promote, seen(1, Seen.GOOD), after(3))).share())
                    .isEqualTo(Share.percent(25));
        }

        @Test
        @DisplayName("refuses what is unsure unless it is waived by name")
        void waivesByName() {
            var unlabelled = seen(1, Seen.UNLABELLED);

            assertThat(at(PLAN, 1).decide(promote(), unlabelled, after(31)))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason()).contains(HALLUCINATIONS_TEXT));
            assertThat(
                            next(at(PLAN, 1)
                                            .decide(
                                                    promote(HALLUCINATIONS_TEXT),
                                                    unlabelled,
                                                    after(31)))
                                    .share())
                    .isEqualTo(Share.percent(25));
        }

        @Test
        @DisplayName("opens the gate of its step and does not pass it")
        void opensTheGate() {
            var gate = next(at(PLAN, 2).decide(promote(), seen(2, Seen.GOOD), after(3)));

            assertThat(gate.phase()).isInstanceOf(Phase.AwaitingApproval.class);
            assertThat(gate.share()).isEqualTo(Share.percent(25));
            assertThat(gate.decide(promote(), seen(2, Seen.GOOD), after(4)))
                    .isInstanceOf(Refused.class);
        }

        @Test
        @DisplayName("rolls back all the same when a condition is breached")
        void neverWaivesABreach() {
            var promote = promote(ERRORS.text());

            assertThat(next(at(PLAN, 1).decide(promote, seen(1, Seen.FAILING), after(31))).share())
                    .isEqualTo(Share.NONE);
        }

        private static Signal promote(String... waive) {
            return new Signal.Promote("mira", "", Set.of(waive));
        }
    }

    @Nested
    @DisplayName("at an open gate")
    class AtGate {

        @Test
        @DisplayName("stays at its share however long nobody comes")
        void waits() {
            assertThat(atGate(PLAN).decide(TICK, seen(2, Seen.GOOD), after(900_000)))
                    .isInstanceOf(Stays.class);
            assertThat(atGate(PLAN).share()).isEqualTo(Share.percent(25));
        }

        @Test
        @DisplayName(
                "goes exactly one step on when a person approves, and journals what was judged")
        void approves() {
            var decision = atGate(PLAN).decide(approve("mira"), seen(2, Seen.GOOD), after(60));

            assertThat(((Moved) decision).entries().getFirst())
                    .isInstanceOfSatisfying(
                            Entry.Approved.class,
                            approved -> {
                                assertThat(approved.by()).isEqualTo("mira");
                                assertThat(approved.saw()).isEqualTo("e-1");
                                assertThat(approved.findings()).hasSize(2);
                            });
            assertThat(next(decision).share()).isEqualTo(Share.ALL);
        }

        @Test
        @DisplayName("refuses an approval while the evidence has turned unsure")
        void refusesWithoutEvidence() {
            assertThat(atGate(PLAN).decide(approve("mira"), seen(2, Seen.UNLABELLED), after(60)))
                    .isInstanceOf(Refused.class);
        }

        @Test
        @DisplayName("rolls back when the candidate fails while it waits")
        void rollsBack() {
            assertThat(next(atGate(PLAN).decide(TICK, seen(2, Seen.FAILING), after(60))).share())
                    .isEqualTo(Share.NONE);
        }

        @Test
        @DisplayName("rolls back as rejected when a person says no")
        void rejects() {
            var no = new Signal.Reject("mira", "too dear");

            assertThat(
                            next(atGate(PLAN).decide(no, seen(2, Seen.GOOD), after(60)))
                                    .outcome()
                                    .orElseThrow())
                    .isEqualTo(new Outcome(Outcome.Kind.REJECTED, "mira rejected it: too dear"));
        }

        @Test
        @DisplayName("needs as many people as the plan says, each once, and not who started it")
        void needsTwo() {
            var plan = with(PLAN, null, new Plan.Approvals(2, true));
            var good = seen(2, Seen.GOOD);

            assertThat(atGate(plan).decide(approve("ada"), good, after(1)))
                    .isInstanceOf(Refused.class);
            var one = next(atGate(plan).decide(approve("mira"), good, after(1)));
            assertThat(one.share()).isEqualTo(Share.percent(25));
            assertThat(one.decide(approve("mira"), good, after(2))).isInstanceOf(Refused.class);
            assertThat(next(one.decide(approve("noor"), good, after(3))).share())
                    .isEqualTo(Share.ALL);
        }

        @Test
        @DisplayName("rejects itself where the plan says so when nobody came in time")
        void lapses() {
            var gate = new Gate("", Duration.ofHours(4), Gate.Lapse.REJECT);
            var rollout = atGate(plan(List.of(ERRORS), gate));

            assertThat(rollout.decide(TICK, seen(2, Seen.GOOD), after(4 * 3_600 - 1)))
                    .isInstanceOf(Stays.class);
            assertThat(
                            next(rollout.decide(TICK, seen(2, Seen.GOOD), after(4 * 3_600)))
                                    .outcome()
                                    .orElseThrow()
                                    .kind())
                    .isEqualTo(Outcome.Kind.REJECTED);
        }

        @Test
        @DisplayName(
                "takes no approval and no pause after its time where the plan rejects, tick or none")
        void takesNoLateAnswer() {
            var gate = new Gate("", Duration.ofHours(4), Gate.Lapse.REJECT);
            var rollout = atGate(plan(List.of(ERRORS), gate));
            var late = after(4 * 3_600);
            var rejected = new Outcome(Outcome.Kind.REJECTED, "nobody approved within 4 h");

            assertThat(next(rollout.decide(approve("mira"), seen(2, Seen.GOOD), late)).outcome())
                    .contains(rejected);
            assertThat(
                            next(rollout.decide(
                                            new Signal.Pause("mira", ""), seen(2, Seen.GOOD), late))
                                    .outcome())
                    .contains(rejected);
        }

        @Test
        @DisplayName(
                "stays open after its time where the plan says stay, says so, and can be approved")
        void staysOpen() {
            var gate = new Gate("", Duration.ofHours(4), Gate.Lapse.STAY);
            var rollout = atGate(plan(List.of(ERRORS), gate));
            var late = after(4 * 3_600);

            assertThat(rollout.decide(TICK, seen(2, Seen.GOOD), late))
                    .isInstanceOfSatisfying(
                            Stays.class,
                            stays ->
                                    assertThat(stays.why())
                                            .isEqualTo(
                                                    "waits on for a person to approve,"
                                                            + " though its time is over"));
            assertThat(next(rollout.decide(approve("mira"), seen(2, Seen.GOOD), late)).share())
                    .isEqualTo(Share.ALL);
        }

        @Test
        @DisplayName("names who did approve when others did not come in time")
        void namesWhoCame() {
            var gate = new Gate("", Duration.ofHours(4), Gate.Lapse.REJECT);
            var plan = with(plan(List.of(ERRORS), gate), null, new Plan.Approvals(2, false));
            var one = next(atGate(plan).decide(approve("mira"), seen(2, Seen.GOOD), after(60)));

            assertThat(next(one.decide(TICK, seen(2, Seen.GOOD), after(4 * 3_600))).outcome())
                    .contains(
                            new Outcome(
                                    Outcome.Kind.REJECTED,
                                    "only 1 of 2 approved within 4 h (mira)"));
        }

        private static Signal approve(String by) {
            return new Signal.Approve(by, "looks good", "e-1", Set.of());
        }
    }

    @Nested
    @DisplayName("that is paused")
    class WhilePaused {

        @Test
        @DisplayName("keeps its share and does not go on by itself")
        void keepsItsShare() {
            var rollout = paused(PLAN, 1);

            assertThat(rollout.share()).isEqualTo(Share.percent(5));
            assertThat(rollout.decide(TICK, seen(1, Seen.GOOD), after(900)))
                    .isInstanceOf(Stays.class);
        }

        @Test
        @DisplayName("does not count the pause as step time")
        void pausedTimeIsNoStepTime() {
            var resumed =
                    next(
                            paused(PLAN, 1)
                                    .decide(
                                            new Signal.Resume("mira", ""),
                                            seen(1, Seen.GOOD),
                                            after(600)));

            assertThat(resumed.decide(TICK, seen(1, Seen.GOOD), after(629)))
                    .isInstanceOf(Stays.class);
            assertThat(next(resumed.decide(TICK, seen(1, Seen.GOOD), after(630))).share())
                    .isEqualTo(Share.percent(25));
        }

        @Test
        @DisplayName("is rolled back by a breach like any other")
        void rollsBack() {
            assertThat(next(paused(PLAN, 1).decide(TICK, seen(1, Seen.FAILING), after(9))).share())
                    .isEqualTo(Share.NONE);
        }
    }

    @ParameterizedTest(name = "accepts a rollback by hand {0}")
    @MethodSource("everyActivePhase")
    void rollsBackByHand(Rollout rollout) {
        var rolled =
                next(
                        rollout.decide(
                                new Signal.RollBack("mira", "users complain"),
                                Evidence.NONE,
                                after(1)));

        assertThat(rolled.share()).isEqualTo(Share.NONE);
        assertThat(rolled.outcome())
                .contains(
                        new Outcome(
                                Outcome.Kind.ROLLED_BACK_BY_HAND,
                                "mira rolled it back: users complain"));
    }

    static Stream<Rollout> everyActivePhase() {
        return Stream.of(at(PLAN, 0), at(PLAN, 1), atGate(PLAN), paused(PLAN, 2));
    }

    @Test
    @DisplayName("takes a clock that runs backwards for the time of its last entry")
    void clockRunsBackwards() {
        var rolled = next(at(PLAN, 1).decide(TICK, seen(1, Seen.FAILING), after(-7_200)));

        assertThat(rolled.last()).isEqualTo(NOON);
    }

    @Test
    @DisplayName("with a condition asked of a mean without any cost known is not promoted")
    void missingMetricNeverPromotes() {
        var cost =
                new Condition(
                        Metric.AVG_COST_USD,
                        Condition.Side.AT_LEAST,
                        new dev.serin.engine.judge.Limit.Absolute(0.1),
                        Consequence.ROLL_BACK,
                        0.5);
        var plan = plan(List.of(ERRORS, cost), null);

        assertThat(at(plan, 1).decide(TICK, seen(1, Seen.GOOD), after(3_600)))
                .isInstanceOf(Stays.class);
    }

    /// What a good candidate showed in `step`, and these tallies besides.
    private static Evidence also(int step, Map<Track, Tally> more) {
        var good = Histories.tallies(Seen.GOOD);
        var bucket = new Bucket(0, 1, good.plus(new Tallies(more)), good);
        return new Evidence(List.of(new StepEvidence(step, NOON, 1, List.of(bucket), false)));
    }

    static Rollout next(Decision decision) {
        assertThat(decision).isInstanceOf(Moved.class);
        return ((Moved) decision).next();
    }
}
