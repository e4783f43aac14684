package dev.serin.simulator.lab;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Condition.Consequence;
import dev.serin.engine.judge.Condition.Side;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Quantity;
import dev.serin.engine.plan.Gate;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import dev.serin.engine.slo.Objective;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Plans that the lab's tests play.
final class Plans {

    static final Condition ERRORS = over(Metric.ERROR_RATE, 0.10);
    static final Condition HALLUCINATIONS = over(Metric.HALLUCINATION_RATE, 0.08);
    static final Condition P95 = over(Metric.P95_LATENCY_MS, 5000);
    static final Condition COST = over(Metric.AVG_COST_USD, 0.10);

    /// The original's upgrade.
    static final Plan UPGRADE =
            plan(
                    List.of(
                            step("baseline", 0, 10, null),
                            step("canary", 5, 30, null),
                            step("ramp", 25, 30, null),
                            step("half", 50, 30, Gate.MANUAL),
                            step("full", 100, 0, null)),
                    List.of(ERRORS, HALLUCINATIONS, P95, COST),
                    List.of(
                            new Objective(
                                    Objective.Indicator.TASK_SUCCESS_RATE,
                                    0.95,
                                    null,
                                    Duration.ofHours(1))),
                    0.05,
                    Plan.Rules.DEFAULT,
                    null,
                    Plan.Approvals.ONE);

    /// Everything that makes a decision harder to foresee: a mirror, a margin, conditions that ask or
    /// only show, low limits, cost per success, an exposure cap, two approvers and a lapse.
    static final Plan ODD =
            plan(
                    List.of(
                            new Step(
                                    "shadow",
                                    Share.NONE,
                                    Duration.ofSeconds(60),
                                    null,
                                    Share.percent(30)),
                            step(
                                    "third",
                                    30,
                                    700,
                                    new Gate("", Duration.ofSeconds(90), Gate.Lapse.REJECT)),
                            step("full", 100, 120, null)),
                    List.of(
                            ERRORS,
                            P95,
                            new Condition(
                                    new Metric.Rate("answered", "hallucination"),
                                    Side.AT_MOST,
                                    new Limit.Absolute(0.004),
                                    Consequence.ROLL_BACK,
                                    null),
                            new Condition(
                                    Metric.HALLUCINATION_RATE,
                                    Side.AT_LEAST,
                                    new Limit.Absolute(0.07),
                                    Consequence.ASK,
                                    null),
                            new Condition(
                                    new Metric.Mean("mean_latency", Quantity.LATENCY_MS),
                                    Side.AT_MOST,
                                    new Limit.Absolute(200),
                                    Consequence.ROLL_BACK,
                                    4000.0),
                            new Condition(
                                    new Metric.Mean("shown_cost", Quantity.COST_USD),
                                    Side.AT_LEAST,
                                    new Limit.Absolute(0.01),
                                    Consequence.SHOW,
                                    null),
                            over(new Metric.CostPerSuccess("avg_cost_usd_per_success"), 0.11)),
                    List.of(),
                    null,
                    new Plan.Rules(0.9, 0.95, 0.2, 60, Duration.ofMinutes(40), 15_000),
                    new Plan.Exposure(400L, 500.0),
                    new Plan.Approvals(2, true));

    /// Copies calls to the candidate before it gets any.
    static final Plan COPIES_FIRST =
            watchingErrors(
                    new Step("shadow", Share.NONE, Duration.ofSeconds(30), null, Share.percent(30)),
                    step("full", 100, 0, null));

    /// Asks before the candidate gets its first call.
    static final Plan ASKING_FIRST =
            watchingErrors(
                    step("baseline", 0, 10, Gate.MANUAL),
                    step("canary", 25, 30, null),
                    step("full", 100, 0, null));

    /// Held against the baseline.
    static final Plan RELATIVE =
            plan(
                    List.of(step("tenth", 10, 20, null), step("half", 50, 20, null)),
                    List.of(
                            ERRORS,
                            relative(Metric.HALLUCINATION_RATE, 1, 0.02),
                            relative(Metric.AVG_COST_USD, 30, 0)),
                    List.of(),
                    0.2,
                    new Plan.Rules(0.95, 0.95, 0, 50, Duration.ofMinutes(5), 20_000),
                    null,
                    Plan.Approvals.ONE);

    /// Percentiles beside the baseline's, as a ratio and as a difference.
    static final Plan BESIDE =
            plan(
                    List.of(step("fifth", 20, 40, null), step("half", 50, 40, null)),
                    List.of(
                            relative(Metric.P95_LATENCY_MS, 1.5, 0),
                            relative(
                                    new Metric.Percentile(
                                            "p50_latency_ms", Quantity.LATENCY_MS, 0.5),
                                    1,
                                    400),
                            relative(Metric.ERROR_RATE, 1, 0.03)),
                    List.of(),
                    null,
                    new Plan.Rules(0.95, 0.95, 0, 50, Duration.ofMinutes(5), 20_000),
                    null,
                    Plan.Approvals.ONE);

    private Plans() {}

    private static Plan watchingErrors(Step... steps) {
        return plan(
                List.of(steps),
                List.of(ERRORS),
                List.of(),
                null,
                Plan.Rules.DEFAULT,
                null,
                Plan.Approvals.ONE);
    }

    static Plan plan(
            List<Step> steps,
            List<Condition> conditions,
            List<Objective> objectives,
            @Nullable Double errorBudget,
            Plan.Rules rules,
            Plan.@Nullable Exposure exposure,
            Plan.Approvals approvals) {
        return new Plan(
                "chat",
                "old",
                "new",
                steps,
                conditions,
                objectives,
                errorBudget,
                rules,
                exposure,
                Plan.Key.USER,
                approvals);
    }

    static Step step(String name, double percent, long seconds, @Nullable Gate gate) {
        return new Step(name, Share.percent(percent), Duration.ofSeconds(seconds), gate);
    }

    static Condition over(Metric metric, double limit) {
        return new Condition(
                metric, Side.AT_LEAST, new Limit.Absolute(limit), Consequence.ROLL_BACK, null);
    }

    private static Condition relative(Metric metric, double factor, double offset) {
        return new Condition(
                metric,
                Side.AT_LEAST,
                new Limit.Relative(factor, offset),
                Consequence.ROLL_BACK,
                null);
    }
}
