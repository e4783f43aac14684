package dev.serin.server.words;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Measure;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Quantity;
import dev.serin.web.words.Unit;
import java.util.Locale;

/// What people call a metric, and in which unit they read it.
public final class MetricWords {

    private MetricWords() {}

    /// At the beginning of a line: `Errors`, `p95 latency`.
    public static String name(Metric metric) {
        return switch (metric) {
            case Metric.Rate(_, var mark) when mark.equals(Metric.Rate.ERROR) -> "Errors";
            case Metric.Rate(_, var mark) when mark.equals("hallucination") -> "Hallucinations";
            case Metric.Rate(_, var mark) -> capital(mark.replace('_', ' '));
            case Metric.Score(_, var label) -> capital(label.replace('_', ' ')) + " score";
            case Metric.Percentile(_, Quantity of, double level) ->
                    "p%s %s".formatted(plain(level * 100), ofCall(of));
            case Metric.Mean(_, Quantity of) -> capital(ofCall(of));
            case Metric.Percentile(var name, Measure.Named _, _) -> capital(name.replace('_', ' '));
            case Metric.Mean(var name, Measure.Named _) -> capital(name.replace('_', ' '));
            case Metric.CostPerSuccess _ -> "Cost per success";
        };
    }

    /// Inside a sentence: `hallucinations`, `p95 latency`.
    public static String inSentence(Metric metric) {
        var name = name(metric);
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /// The unit of the metric's own values.
    public static Unit unit(Metric metric) {
        return switch (metric) {
            case Metric.Rate _ -> Unit.RATE;
            case Metric.Score _ -> Unit.PLAIN;
            case Metric.Percentile(_, var of, _) -> unit(of);
            case Metric.Mean(_, var of) -> unit(of);
            case Metric.CostPerSuccess _ -> Unit.USD;
        };
    }

    /// The unit in which a condition's finding is told: its metric's, or that of a comparison.
    public static Unit unit(Condition condition) {
        return switch (condition.limit()) {
            case Limit.Absolute _ -> unit(condition.metric());
            case Limit.Relative relative when relative.isRatio() -> Unit.TIMES;
            case Limit.Relative _ -> differenceUnit(condition.metric());
        };
    }

    /// The unit of a difference between two values of the metric.
    public static Unit differenceUnit(Metric metric) {
        var unit = unit(metric);
        return unit == Unit.RATE ? Unit.POINTS : unit;
    }

    /// What the finding's estimate is held against, in the finding's unit.
    public static double limit(Condition condition) {
        return switch (condition.limit()) {
            case Limit.Absolute(double value) -> value;
            case Limit.Relative(double factor, double offset) -> offset == 0 ? factor : offset;
        };
    }

    /// The condition as a plan says it, with its limit in the reader's unit: `error_rate >= 10 %`.
    public static String condition(Condition condition) {
        return "%s %s %s"
                .formatted(
                        condition.metric().name(), condition.side().sign(), limitText(condition));
    }

    /// The limit alone: `10 %`, `3 × baseline`, `baseline + 2 points`.
    public static String limitText(Condition condition) {
        return switch (condition.limit()) {
            case Limit.Absolute(double value) -> unit(condition.metric()).printLimit(value);
            case Limit.Relative(double factor, double offset) -> {
                var base = factor == 1 ? "baseline" : plain(factor) + " × baseline";
                yield offset == 0
                        ? base
                        : "%s %s %s"
                                .formatted(
                                        base,
                                        offset < 0 ? "−" : "+",
                                        differenceUnit(condition.metric())
                                                .printLimit(Math.abs(offset)));
            }
        };
    }

    /// What a sample of the metric is: an answer that somebody has labelled, or any call.
    public static String samples(Metric metric) {
        return metric.label() != null ? "labels" : "calls";
    }

    private static Unit unit(Measure of) {
        return switch (of) {
            case Quantity.LATENCY_MS, Quantity.TTFT_MS, Quantity.MS_PER_TOKEN -> Unit.MILLIS;
            case Quantity.COST_USD -> Unit.USD;
            case Quantity.TOKENS_OUT -> Unit.PLAIN;
            case Measure.Named _ -> Unit.PLAIN;
        };
    }

    private static String ofCall(Quantity of) {
        return switch (of) {
            case LATENCY_MS -> "latency";
            case TTFT_MS -> "time to first token";
            case MS_PER_TOKEN -> "time per token";
            case COST_USD -> "cost per call";
            case TOKENS_OUT -> "tokens per answer";
        };
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String plain(double number) {
        return java.math.BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
