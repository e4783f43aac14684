package dev.serin.engine.judge;

import org.jspecify.annotations.Nullable;

/// How the parts of a finding are called: the metric, what was seen of it, values and the limit.
sealed interface Words {

    /// The metric; `p95 latency` keeps its small letter.
    String name();

    /// What was seen, with the calls behind it.
    String seen();

    String value(double value);

    String limit();

    static Words of(Finding finding) {
        var condition = finding.condition();
        return switch (condition.limit()) {
            case Limit.Absolute(double limit) ->
                    new Plain(condition.metric(), finding.estimate(), limit);
            case Limit.Relative relative ->
                    relative.isRatio()
                            ? new Ratio(condition.metric(), finding, relative)
                            : new Difference(condition.metric(), finding, relative);
        };
    }

    /// Of a fixed limit.
    record Plain(Metric metric, Estimate estimate, double fixed) implements Words {

        @Override
        public String name() {
            return metricName(metric);
        }

        @Override
        public String seen() {
            return name() + " " + withCalls(metric, estimate);
        }

        @Override
        public String value(double value) {
            return Numbers.of(metric, value);
        }

        @Override
        public String limit() {
            return value(fixed);
        }
    }

    /// Of a multiple of the baseline's value.
    record Ratio(Metric metric, Finding finding, Limit.Relative relative) implements Words {

        @Override
        public String name() {
            return metricName(metric) + " against the baseline's";
        }

        @Override
        public String seen() {
            return "%s %s times the baseline's%s"
                    .formatted(
                            metricName(metric),
                            Numbers.times(finding.estimate().value()),
                            arms(metric, finding));
        }

        @Override
        public String value(double value) {
            return Numbers.times(value) + " times";
        }

        @Override
        public String limit() {
            return value(relative.factor());
        }
    }

    /// Of the baseline's value (or a multiple of it) and some more.
    record Difference(Metric metric, Finding finding, Limit.Relative relative) implements Words {

        @Override
        public String name() {
            return metricName(metric) + " against the baseline's";
        }

        @Override
        public String seen() {
            double value = finding.estimate().value();
            return "%s %s %s %s%s"
                    .formatted(
                            metricName(metric),
                            Numbers.difference(metric, Math.abs(value)),
                            value < 0 ? "below" : "above",
                            relative.factor() == 1
                                    ? "the baseline's"
                                    : Numbers.times(relative.factor()) + " times the baseline's",
                            arms(metric, finding));
        }

        @Override
        public String value(double value) {
            return Numbers.difference(metric, value);
        }

        @Override
        public String limit() {
            return value(relative.offset());
        }
    }

    private static String arms(Metric metric, Finding finding) {
        var mine = finding.arms().candidate();
        var other = finding.arms().baseline();
        return finding instanceof Finding.Breached breached && breached.since() != null
                ? " (%s)".formatted(calls(metric, finding.estimate()))
                : " (%s against %s)".formatted(known(metric, mine), known(metric, other));
    }

    private static String known(Metric metric, @Nullable Estimate estimate) {
        return estimate == null ? "nothing" : withCalls(metric, estimate);
    }

    private static String withCalls(Metric metric, Estimate estimate) {
        return Numbers.of(metric, estimate.value()) + " of " + calls(metric, estimate);
    }

    private static String calls(Metric metric, Estimate estimate) {
        boolean labelled = metric.label() != null;
        return "%s %s%s"
                .formatted(
                        Numbers.calls(estimate.calls()),
                        labelled ? "labelled " : "",
                        estimate.calls() == 1 ? "call" : "calls");
    }

    private static String metricName(Metric metric) {
        return switch (metric) {
            case Metric.Rate rate -> markName(rate.mark());
            case Metric.Score(_, var label) -> "mean " + markName(label);
            case Metric.Percentile(_, Quantity of, double level) ->
                    "p" + Numbers.level(level) + " " + quantityName(of);
            case Metric.Percentile(var name, Measure.Named _, double level) ->
                    ownName("p" + Numbers.level(level), name);
            case Metric.Mean(_, Quantity of) -> "mean " + quantityName(of);
            case Metric.Mean(var name, Measure.Named _) -> ownName("mean", name);
            case Metric.CostPerSuccess _ -> "cost per success";
        };
    }

    /// A plan's own metric by the name that the plan gives it, after what it is of its number.
    private static String ownName(String statistic, String name) {
        return name.startsWith(statistic)
                ? "\"" + name + "\""
                : "%s \"%s\"".formatted(statistic, name);
    }

    private static String markName(String mark) {
        return switch (mark) {
            case Metric.Rate.ERROR -> "errors";
            case "hallucination" -> "hallucinations";
            default -> "\"" + mark.replace('_', ' ') + "\"";
        };
    }

    private static String quantityName(Quantity of) {
        return switch (of) {
            case LATENCY_MS -> "latency";
            case TTFT_MS -> "time to first token";
            case MS_PER_TOKEN -> "time per token";
            case COST_USD -> "cost";
            case TOKENS_OUT -> "length of the answer";
        };
    }
}
