package dev.serin.server.planform;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;
import dev.serin.server.planform.PlanForm.Against;
import dev.serin.server.planform.PlanForm.ConditionRow;
import java.math.BigDecimal;

/// A condition as a row of the form, and as a line of a plan.
final class Clause {

    static final String ROLLBACK = "rollback";
    static final String ASK = "ask";
    static final String SHOW = "show";

    private Clause() {}

    static ConditionRow row(Condition condition) {
        var then =
                switch (condition.then()) {
                    case ROLL_BACK -> ROLLBACK;
                    case ASK -> ASK;
                    case SHOW -> SHOW;
                };
        var metric = condition.metric();
        return switch (condition.limit()) {
            case Limit.Absolute(double value) ->
                    row(condition, Against.FIXED, amount(metric, value), then);
            case Limit.Relative(double factor, double offset) when offset == 0 ->
                    row(condition, Against.TIMES, plain(factor), then);
            case Limit.Relative(double factor, double offset) when factor == 1 ->
                    row(
                            condition,
                            offset > 0 ? Against.MORE : Against.LESS,
                            amount(metric, Math.abs(offset)),
                            then);
            case Limit.Relative(double factor, double offset) ->
                    row(
                            condition,
                            Against.FORMULA,
                            "%s * baseline %s %s"
                                    .formatted(
                                            plain(factor),
                                            offset > 0 ? "+" : "-",
                                            amount(metric, Math.abs(offset))),
                            then);
        };
    }

    private static ConditionRow row(
            Condition condition, Against against, String amount, String then) {
        return new ConditionRow(
                condition.metric().name(), condition.side().sign(), against, amount, then);
    }

    /// `error_rate >= baseline + 2%`.
    static String text(ConditionRow row) {
        var limit =
                switch (row.against()) {
                    case FIXED, FORMULA -> row.amount();
                    case MORE -> "baseline + " + row.amount();
                    case LESS -> "baseline - " + row.amount();
                    case TIMES -> row.amount() + " * baseline";
                };
        return "%s %s %s".formatted(row.metric(), row.side(), limit).strip();
    }

    /// As people write it: rates in percent, all else in the metric's unit.
    private static String amount(Metric metric, double value) {
        return switch (metric) {
            case Metric.Rate _ -> percent(value);
            case Metric.Score _, Metric.Percentile _, Metric.Mean _, Metric.CostPerSuccess _ ->
                    plain(value);
        };
    }

    /// 0.05 as `5%`.
    static String percent(double fraction) {
        return text(BigDecimal.valueOf(fraction).movePointRight(2)) + "%";
    }

    static String plain(double value) {
        return text(BigDecimal.valueOf(value));
    }

    private static String text(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
