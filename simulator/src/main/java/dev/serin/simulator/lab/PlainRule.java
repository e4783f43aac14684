package dev.serin.simulator.lab;

import dev.serin.engine.judge.Call;
import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Condition.Consequence;
import dev.serin.engine.judge.Condition.Side;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Step;
import java.util.Arrays;
import java.util.SplittableRandom;

/// The original's rule, for comparison: 50 calls in each step, the plain estimate held against each
/// limit once, and promoted where none is reached.
final class PlainRule {

    static final int CALLS = 50;

    private final Plan plan;
    private final int judgedSteps;
    private final Call[] mine = new Call[CALLS];
    private final Call[] others = new Call[CALLS];
    private final double[] values = new double[CALLS];

    PlainRule(Plan plan) {
        this.plan = plan;
        this.judgedSteps = (int) plan.steps().stream().filter(Step::reachesCandidate).count();
    }

    /// Whether it rolls this candidate back, in the run of this seed.
    boolean rollsBack(Model baseline, Model candidate, long seed) {
        var random = new SplittableRandom(seed);
        boolean compares = Reading.compares(plan);
        for (int step = 0; step < judgedSteps; step++) {
            for (int i = 0; i < CALLS; i++) {
                mine[i] = candidate.call(random);
            }
            for (int i = 0; compares && i < CALLS; i++) {
                others[i] = baseline.call(random);
            }
            for (var condition : plan.conditions()) {
                if (condition.then() == Consequence.ROLL_BACK && breaks(condition)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean breaks(Condition condition) {
        double value = estimate(condition.metric(), mine);
        double limit =
                switch (condition.limit()) {
                    case Limit.Absolute(double fixed) -> fixed;
                    case Limit.Relative(double factor, double offset) ->
                            factor * estimate(condition.metric(), others) + offset;
                };
        return condition.side() == Side.AT_LEAST ? value >= limit : value <= limit;
    }

    /// The plain estimate of a metric; NaN, which breaks nothing, where no call reports it.
    private double estimate(Metric metric, Call[] calls) {
        return switch (metric) {
            case Metric.Rate(_, var mark) -> {
                int n = 0;
                int bad = 0;
                for (var call : calls) {
                    var marked =
                            mark.equals(Metric.Rate.ERROR) ? call.error() : call.labels().get(mark);
                    if (marked != null) {
                        n++;
                        bad += marked ? 1 : 0;
                    }
                }
                yield bad / (double) n;
            }
            case Metric.Mean(_, var of) -> {
                int n = 0;
                double sum = 0;
                for (var call : calls) {
                    var value = call.measure(of);
                    if (value != null) {
                        n++;
                        sum += value;
                    }
                }
                yield sum / n;
            }
            case Metric.Percentile(_, var of, double level) -> {
                int n = 0;
                for (var call : calls) {
                    var value = call.measure(of);
                    if (value != null) {
                        values[n++] = value;
                    }
                }
                Arrays.sort(values, 0, n);
                yield n == 0 ? Double.NaN : values[(int) Math.ceil(level * n - 1e-9) - 1];
            }
            case Metric.Score(_, var label) -> {
                int n = 0;
                double sum = 0;
                for (var call : calls) {
                    var score = call.scores().get(label);
                    if (score != null) {
                        n++;
                        sum += score;
                    }
                }
                yield sum / n;
            }
            case Metric.CostPerSuccess _ -> {
                double sum = 0;
                int successes = 0;
                for (var call : calls) {
                    var cost = call.costUsd();
                    sum += cost == null ? 0 : cost;
                    successes += Boolean.FALSE.equals(call.error()) ? 1 : 0;
                }
                yield sum / successes;
            }
        };
    }
}
