package dev.serin.server.replay;

import dev.serin.engine.judge.Call;
import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Measure;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Quantity;
import dev.serin.engine.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A condition that can never be met, since the files do not hold what it is about.
///
/// @param why in words, without a full stop
record Unknowable(Condition condition, String why) {

    /// All of a plan's deciding conditions that are so.
    static List<Unknowable> of(Plan plan, CallSample baseline, CallSample candidate) {
        var found = new ArrayList<Unknowable>();
        for (var condition : plan.conditions()) {
            if (!condition.decides()) {
                continue;
            }
            if (!candidate.holds(carries(condition.metric()))) {
                found.add(new Unknowable(condition, says(candidate, condition)));
            } else if (condition.isRelative() && !baseline.holds(carries(condition.metric()))) {
                found.add(new Unknowable(condition, says(baseline, condition)));
            }
        }
        return found;
    }

    String text() {
        return "%s can never be met: %s".formatted(condition.text(), why);
    }

    private static String says(CallSample sample, Condition condition) {
        return "%s holds no %s".formatted(sample.file(), what(condition.metric()));
    }

    private static Predicate<Call> carries(Metric metric) {
        return switch (metric) {
            case Metric.Score(_, var label) -> call -> call.scores().containsKey(label);
            case Metric.Rate rate when rate.label() != null ->
                    call -> call.labels().containsKey(rate.mark());
            case Metric.Rate _ -> call -> call.error() != null;
            case Metric.Percentile(_, var of, _) -> call -> call.measure(of) != null;
            case Metric.Mean(_, var of) -> call -> call.measure(of) != null;
            case Metric.CostPerSuccess _ -> call -> call.costUsd() != null && call.error() != null;
        };
    }

    private static String what(Metric metric) {
        return switch (metric) {
            case Metric.Score(_, var label) -> "scores named " + label;
            case Metric.Rate rate when rate.label() != null -> "labels named " + rate.mark();
            case Metric.Rate _ -> "word of which calls failed";
            case Metric.Percentile(_, var of, _) -> what(of);
            case Metric.Mean(_, var of) -> what(of);
            case Metric.CostPerSuccess _ -> what(Quantity.COST_USD);
        };
    }

    private static String what(Measure of) {
        return switch (of) {
            case Quantity.LATENCY_MS -> "latencies";
            case Quantity.TTFT_MS -> "times to the first token";
            case Quantity.MS_PER_TOKEN -> "latencies with first token and count of tokens";
            case Quantity.COST_USD -> "prices";
            case Quantity.TOKENS_OUT -> "counts of tokens";
            case Measure.Named(var name) -> "numbers named " + name;
        };
    }
}
