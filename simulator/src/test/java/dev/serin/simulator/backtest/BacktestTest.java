package dev.serin.simulator.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Measure;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Gate;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import dev.serin.engine.rollout.Outcome;
import dev.serin.engine.slo.Objective;
import dev.serin.engine.slo.Objective.Indicator;
import dev.serin.engine.traffic.TrafficSplit;
import dev.serin.simulator.backtest.BacktestReport.Verdict;
import dev.serin.simulator.play.Act;
import dev.serin.simulator.play.Pace;
import dev.serin.simulator.play.Play;
import dev.serin.simulator.play.Played;
import dev.serin.simulator.profile.ModelProfile;
import dev.serin.simulator.profile.PlainProfile;
import dev.serin.simulator.profile.Profiles;
import dev.serin.simulator.traffic.Arrivals;
import dev.serin.simulator.traffic.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A backtest")
class BacktestTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    /// Fails a little less often than lax plans allow, and more often than strict ones do.
    private static final ModelProfile SHAKY = new PlainProfile("shaky", 800, 400, 0.12, 0.02, 0.03);

    private static final Condition LAX = errors(0.25);
    private static final Condition STRICT = errors(0.05);

    @Test
    @DisplayName(
            "of a run under its own plan ends as the run did, at the same time within a bucket")
    void agreesWithTheRun() {
        for (var candidate : List.of(Profiles.GPT_4_GOOD, SHAKY)) {
            for (var condition : List.of(LAX, STRICT)) {
                var plan = plan(condition, 0.05, 0.25, 0.5);
                var played = play(plan, candidate);
                var report = Backtest.of(recorded(played), plan);

                var kind = played.rollout().outcome().map(Outcome::kind).orElseThrow();
                assertThat(report.verdict())
                        .isEqualTo(
                                kind == Outcome.Kind.PROMOTED
                                        ? Verdict.PROMOTED
                                        : Verdict.ROLLED_BACK);
                var took = Duration.between(NOON, played.rollout().last());
                assertThat(report.after()).isBetween(took.minusSeconds(40), took.plusSeconds(40));
                assertThat(report.unknown()).isEmpty();
            }
        }
    }

    @Test
    @DisplayName(
            "of a stricter plan stops sooner, and says how many calls fewer the candidate gets")
    void stopsSooner() {
        var played = play(plan(LAX, 0.05, 0.25, 0.5), SHAKY);
        assertThat(played.rollout().outcome().map(Outcome::kind)).contains(Outcome.Kind.PROMOTED);

        var report = Backtest.of(recorded(played), plan(STRICT, 0.05, 0.25, 0.5));

        assertThat(report.verdict()).isEqualTo(Verdict.ROLLED_BACK);
        assertThat(report.reason()).contains("Errors");
        assertThat(report.exposed().calls()).isLessThan(report.recorded().calls());
        assertThat(report.exposed().badCalls()).isLessThan(report.recorded().badCalls());
        assertThat(report.steps().getLast().findings())
                .anyMatch(Finding.Breached.class::isInstance);
    }

    @Test
    @DisplayName("of a plan with a share that the candidate never had says so and decides nothing")
    void doesNotInvent() {
        var played = play(plan(LAX, 0.05, 0.5), Profiles.GPT_4_GOOD);

        var report = Backtest.of(recorded(played), plan(LAX, 0.05, 0.1, 0.5));

        assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(report.reason())
                .isEqualTo("the run never gave the candidate 10 % of the calls, only 5 %, 50 %");
        assertThat(report.steps())
                .extracting(BacktestReport.Step::matched)
                .containsExactly("5", null);
        assertThat(report.unknown()).contains(report.reason());
    }

    @Test
    @DisplayName("tells a run's step of copies from the one that measured the baseline alone")
    void tellsCopiesFromTheBaselineAlone() {
        var plan = beginning(plan(LAX, 0.05), baselineAlone(), copies(0.2));
        var baseline = StepEvidence.silent(0, NOON);
        var copied = StepEvidence.silent(1, NOON.plusSeconds(30));
        var run = new Recorded(plan, new Evidence(List.of(baseline, copied)), List.of(), NOON);

        assertThat(run.like(baselineAlone())).contains(baseline);
        assertThat(run.like(copies(0.2))).contains(copied);
        assertThat(run.like(copies(0.4))).isEmpty();
    }

    @Test
    @DisplayName("of a plan that copies more calls than the run did names both parts")
    void namesTheCopies() {
        var run = beginning(plan(LAX, 0.05, 0.5), copies(0.2));
        var other = beginning(plan(LAX, 0.05, 0.5), copies(0.4));

        assertThat(Backtest.of(recorded(play(run, Profiles.GPT_4_GOOD)), other).reason())
                .isEqualTo(
                        "the run never gave the candidate 40 % as copies, only 20 % as copies, 5 %, 50 %");
    }

    @Test
    @DisplayName("goes past the run's copies as the run did")
    void goesPastCopies() {
        var plan = beginning(plan(LAX, 0.05, 0.5), copies(0.2));
        var played = play(plan, Profiles.GPT_4_GOOD);

        assertThat(played.rollout().outcome().map(Outcome::kind)).contains(Outcome.Kind.PROMOTED);
        assertThat(Backtest.of(recorded(played), plan).verdict()).isEqualTo(Verdict.PROMOTED);
    }

    private static Step baselineAlone() {
        return new Step("baseline", Share.NONE, Duration.ofSeconds(30), null);
    }

    private static Step copies(double part) {
        return new Step("copies", Share.NONE, Duration.ofSeconds(30), null, new Share(part));
    }

    private static Plan beginning(Plan plan, Step... first) {
        var steps = new java.util.ArrayList<>(List.of(first));
        steps.addAll(plan.steps());
        return new Plan(
                plan.route(),
                plan.baseline(),
                plan.candidate(),
                steps,
                plan.conditions(),
                plan.objectives(),
                plan.errorBudget(),
                plan.rules(),
                plan.exposure(),
                plan.key(),
                plan.approvals());
    }

    @Test
    @DisplayName("of a plan that needs more calls than the run has says what it still waited for")
    void saysWhatIsMissing() {
        var played = play(plan(LAX, 0.05, 0.5), SHAKY);

        var report = Backtest.of(recorded(played), plan(errors(0.13), 0.05, 0.5));

        assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(report.reason()).startsWith("the run spent").contains("at 5 %");
    }

    @Test
    @DisplayName("names each condition that no call of the run can answer")
    void namesWhatWasNotMeasured() {
        var plan = plan(LAX, 0.05, 0.5);
        var played = play(plan, Profiles.GPT_4_GOOD);
        var refusals =
                new Condition(
                        new Metric.Rate("refusal_rate", "refusal"),
                        Condition.Side.AT_LEAST,
                        new Limit.Absolute(0.1),
                        Condition.Consequence.SHOW,
                        null);
        var other = withConditions(plan, List.of(LAX, refusals));

        assertThat(Backtest.of(recorded(played), other).unknown())
                .containsExactly(
                        "refusal_rate >= 0.1: no call of the run tells of it (none carries the label"
                                + " refusal)");
    }

    @Test
    @DisplayName("names each objective of which the run cannot tell what is left of its budget")
    void namesObjectives() {
        var plan = plan(LAX, 0.05, 0.5);
        var played = play(plan, Profiles.GPT_4_GOOD);
        var hour = Duration.ofHours(1);
        var other =
                with(
                        plan,
                        plan.conditions(),
                        List.of(
                                new Objective(Indicator.TASK_SUCCESS_RATE, 0.9, null, hour),
                                new Objective(Indicator.RESPONSE_LATENCY, 0.9, 1.0, hour),
                                new Objective(Indicator.POLICY_COMPLIANCE, 0.9, null, hour)));

        assertThat(Backtest.of(recorded(played), other).unknown())
                .containsExactly(
                        "response_latency: calls were not tallied at its within, so what is left of its budget is not known",
                        "policy_compliance: no call was tallied by the label policy_violation, so what is left of its budget is not known");
    }

    @Test
    @DisplayName("names a number that the run did not tally, with both reasons that may have")
    void namesNumbers() {
        var plan = plan(LAX, 0.05, 0.5);
        var played = play(plan, Profiles.GPT_4_GOOD);
        var length =
                new Condition(
                        new Metric.Mean("answer_length", new Measure.Named("output_words")),
                        Condition.Side.AT_LEAST,
                        new Limit.Absolute(300),
                        Condition.Consequence.SHOW,
                        null);

        assertThat(
                        Backtest.of(recorded(played), withConditions(plan, List.of(LAX, length)))
                                .unknown())
                .containsExactly(
                        "answer_length >= 300: the number output_words was not tallied: no call of the"
                                + " run carried it, or the run's plan did not ask for it");
    }

    @Test
    @DisplayName("of a run that is kept by hours sees each when it is over, and says so")
    void waitsForTheEndOfAnHour() {
        var plan = plan(STRICT, 0.05);
        var counts = new Tally.Counts(200, 100);
        var hour =
                firstOf(
                        720,
                        360,
                        Map.of(
                                new Track.Calls(),
                                counts,
                                new Track.Marked(Metric.Rate.ERROR),
                                counts));
        var run =
                new Recorded(
                        plan,
                        new Evidence(List.of(hour)),
                        List.of(),
                        NOON.plus(Duration.ofHours(2)),
                        Duration.ofHours(1));

        var report = Backtest.of(run, plan);

        assertThat(report.verdict()).isEqualTo(Verdict.ROLLED_BACK);
        assertThat(report.after()).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(61));
        assertThat(report.unknown())
                .containsExactly(
                        "this run is kept by hours: when within one a call came is not known, and"
                                + " each counts from its end");
    }

    @Test
    @DisplayName("of a run without calls knows nothing and does not fail")
    void endsOnNothing() {
        var plan = plan(LAX, 0.05);
        var report = Backtest.of(new Recorded(plan, Evidence.NONE, List.of(), NOON), plan);

        assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(report.reason()).isEqualTo("the run never gave the candidate any calls");
        assertThat(report.exposed().calls()).isZero();
    }

    @Test
    @DisplayName("does not know money and people of calls that told neither cost nor key")
    void knowsNoMoney() {
        var plan = plan(LAX, 0.05);
        var silent = firstOf(1, 1, Map.of(new Track.Calls(), new Tally.Counts(20, 1)));
        var run = new Recorded(plan, new Evidence(List.of(silent)), List.of(), NOON);

        var all = Backtest.of(run, plan).recorded();

        assertThat(all).isEqualTo(new BacktestReport.Exposure(20, null, 1, null));
        assertThat(new BacktestReport.Exposure(30, 9L, 2, 0.5).minus(all))
                .isEqualTo(new BacktestReport.Exposure(10, null, 1, null));
    }

    /// A first step of so many buckets, with calls of the candidate in the first stretch alone.
    private static StepEvidence firstOf(int buckets, int width, Map<Track, Tally> candidate) {
        var bucket = new StepEvidence.Bucket(0, width, new Tallies(candidate), Tallies.NONE);
        return new StepEvidence(0, NOON, buckets, List.of(bucket), false);
    }

    private static Recorded recorded(Played played) {
        return new Recorded(
                played.rollout().plan(),
                played.evidence(),
                played.judged().current(),
                played.rollout().last());
    }

    private static Played play(Plan plan, ModelProfile candidate) {
        var traffic =
                Traffic.between(
                        Profiles.GPT_3_5,
                        candidate,
                        new TrafficSplit("backtest"),
                        Arrivals.steady(200),
                        NOON,
                        7);
        return Play.of(
                plan,
                "Bo",
                NOON,
                traffic,
                List.of(Act.approve("Ada", Duration.ZERO, "")),
                Pace.everySecond(Duration.ofHours(2)));
    }

    private static Condition errors(double limit) {
        return new Condition(
                Metric.ERROR_RATE,
                Condition.Side.AT_LEAST,
                new Limit.Absolute(limit),
                Condition.Consequence.ROLL_BACK,
                null);
    }

    private static Plan plan(Condition condition, double... shares) {
        var steps = new java.util.ArrayList<Step>();
        for (double share : shares) {
            steps.add(
                    new Step(
                            Long.toString(Math.round(share * 100)),
                            new Share(share),
                            Duration.ofSeconds(30),
                            share == 0.5 ? new Gate("", null, Gate.Lapse.STAY) : null));
        }
        return new Plan(
                "support-chat",
                "gpt-3.5",
                "gpt-4",
                steps,
                List.of(condition),
                List.of(),
                null,
                Plan.Rules.DEFAULT,
                null,
                Plan.Key.USER,
                Plan.Approvals.ONE);
    }

    private static Plan withConditions(Plan plan, List<Condition> conditions) {
        return with(plan, conditions, plan.objectives());
    }

    private static Plan with(Plan plan, List<Condition> conditions, List<Objective> objectives) {
        return new Plan(
                plan.route(),
                plan.baseline(),
                plan.candidate(),
                plan.steps(),
                conditions,
                objectives,
                plan.errorBudget(),
                plan.rules(),
                plan.exposure(),
                plan.key(),
                plan.approvals());
    }
}
