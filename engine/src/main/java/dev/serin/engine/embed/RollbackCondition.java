package dev.serin.engine.embed;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Condition.Consequence;
import dev.serin.engine.judge.Condition.Side;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;

/// A condition under its original names.
///
/// @param metric one of [Metric#standard()]'s names, such as `error_rate`
/// @param threshold in the metric's unit, above 0
/// @param comparator `gte` or `lte`
public record RollbackCondition(String metric, double threshold, String comparator) {

    public RollbackCondition(String metric, double threshold) {
        this(metric, threshold, "gte");
    }

    /// @throws IllegalArgumentException if the metric or the comparator is unknown
    Condition condition() {
        var known =
                Metric.named(metric)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "no metric is called %s; there are %s"
                                                .formatted(metric, names())));
        var side =
                switch (comparator) {
                    case "gte" -> Side.AT_LEAST;
                    case "lte" -> Side.AT_MOST;
                    default ->
                            throw new IllegalArgumentException(
                                    "a comparator is gte or lte, got " + comparator);
                };
        return new Condition(
                known, side, new Limit.Absolute(threshold), Consequence.ROLL_BACK, null);
    }

    private static String names() {
        return String.join(", ", Metric.standard().stream().map(Metric::name).toList());
    }
}
