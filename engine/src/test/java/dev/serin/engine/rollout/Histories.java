package dev.serin.engine.rollout;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Condition.Consequence;
import dev.serin.engine.judge.Condition.Side;
import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.StepEvidence.Bucket;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Tally.Counts;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Gate;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Plans, evidence and moments that the tests of this package talk about.
final class Histories {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final Condition ERRORS = rate(Metric.ERROR_RATE, 0.10, Consequence.ROLL_BACK);
    static final Condition HALLUCINATIONS =
            rate(Metric.HALLUCINATION_RATE, 0.08, Consequence.ROLL_BACK);
    static final String HALLUCINATIONS_TEXT = "hallucination_rate >= 0.08";

    /// Baseline alone, 5 %, 25 % with a gate after it, all.
    static final Plan PLAN = plan(List.of(ERRORS, HALLUCINATIONS), null);

    /// What both arms showed in one step.
    ///
    /// @param labelled candidate calls with a verdict
    record Seen(int calls, int errors, int labelled, int hallucinated) {
        static final Seen NOTHING = new Seen(0, 0, 0, 0);
        static final Seen GOOD = new Seen(1_000, 10, 1_000, 20);
        static final Seen UNLABELLED = new Seen(1_000, 10, 0, 0);
        static final Seen FAILING = new Seen(200, 120, 200, 4);
        static final Seen HALLUCINATING = new Seen(1_000, 10, 1_000, 300);
    }

    private Histories() {}

    static Plan plan(List<Condition> conditions, @Nullable Gate gate) {
        return plan(
                List.of(
                        new Step("baseline", Share.NONE, Duration.ofSeconds(10), null),
                        new Step("5%", Share.percent(5), Duration.ofSeconds(30), null),
                        new Step(
                                "25%",
                                Share.percent(25),
                                Duration.ofSeconds(30),
                                gate == null ? Gate.MANUAL : gate),
                        new Step("full", Share.ALL, Duration.ZERO, null)),
                conditions);
    }

    static Plan plan(List<Step> steps, List<Condition> conditions) {
        return new Plan(
                "support-chat",
                "gpt-3.5-turbo",
                "gpt-4",
                steps,
                conditions,
                List.of(),
                null,
                Plan.Rules.DEFAULT,
                null,
                Plan.Key.USER,
                Plan.Approvals.ONE);
    }

    static Plan with(Plan plan, Plan.@Nullable Exposure exposure, Plan.Approvals approvals) {
        return with(plan, plan.errorBudget(), exposure, approvals);
    }

    static Plan withBudget(Plan plan, double errors) {
        return with(plan, errors, plan.exposure(), plan.approvals());
    }

    private static Plan with(
            Plan plan,
            @Nullable Double errorBudget,
            Plan.@Nullable Exposure exposure,
            Plan.Approvals approvals) {
        return new Plan(
                plan.route(),
                plan.baseline(),
                plan.candidate(),
                plan.steps(),
                plan.conditions(),
                plan.objectives(),
                errorBudget,
                plan.rules(),
                exposure,
                plan.key(),
                approvals);
    }

    static Condition rate(Metric metric, double limit, Consequence then) {
        return new Condition(metric, Side.AT_LEAST, new Limit.Absolute(limit), then, null);
    }

    /// The candidate showed `candidate` in `step`, beside a baseline that kept every limit.
    static Evidence seen(int step, Seen candidate) {
        return new Evidence(List.of(stepSeen(step, candidate, Seen.GOOD)));
    }

    static StepEvidence stepSeen(int step, Seen candidate, Seen baseline) {
        var bucket = new Bucket(0, 1, tallies(candidate), tallies(baseline));
        return new StepEvidence(step, NOON, 1, List.of(bucket), false);
    }

    static Tallies tallies(Seen seen) {
        Map<Track, Tally> tracks = new HashMap<>();
        tracks.put(
                new Track.Calls(),
                new Counts(seen.calls(), Math.max(seen.errors(), seen.hallucinated())));
        tracks.put(new Track.Marked("error"), new Counts(seen.calls(), seen.errors()));
        if (seen.labelled() > 0) {
            tracks.put(
                    new Track.Marked("hallucination"),
                    new Counts(seen.labelled(), seen.hallucinated()));
        }
        return new Tallies(tracks);
    }

    /// A rollout of `plan` in step `step`, entered at noon.
    static Rollout at(Plan plan, int step) {
        return new Rollout(plan, "ada", Phase.Observing.entered(step, NOON), NOON);
    }

    /// A rollout of `plan` whose gate after 25 % opened at noon.
    static Rollout atGate(Plan plan) {
        var gate =
                new Phase.AwaitingApproval(
                        Phase.Observing.entered(2, NOON), NOON, Set.of(), List.of());
        return new Rollout(plan, "ada", gate, NOON);
    }

    static Rollout paused(Plan plan, int step) {
        var paused = new Phase.Paused(Phase.Observing.entered(step, NOON), NOON, Set.of(), "lunch");
        return new Rollout(plan, "ada", paused, NOON);
    }

    static Instant after(int seconds) {
        return NOON.plusSeconds(seconds);
    }
}
