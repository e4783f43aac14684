package dev.serin.server.planfile;

import dev.serin.engine.judge.Condition.Side;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Measure;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Quantity;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The grammar of `error_rate >= baseline + 2%`.
final class ConditionText {

    static final String EXAMPLE = "error_rate >= 10%";

    private static final double LEAST = 1e-9;
    private static final double MOST = 1e9;

    private static final Pattern WHOLE =
            Pattern.compile(
                    "([^\\s<>=!~≤≥]+)(?:\\s*([<>=!~≤≥]++)\\s*|\\s+(gte|lte|gt|lt|eq|is)\\s+)(\\S.*)",
                    Pattern.DOTALL);
    private static final String FACTOR = "([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?%?)";
    private static final Pattern RELATIVE =
            Pattern.compile(
                    "(?:%1$s\\s*[*x×]\\s*)?baseline(?:\\s*[*x×]\\s*%1$s)?(?:\\s*([-+])\\s*([^-+\\s].*))?"
                            .formatted(FACTOR));

    private final Scalars scalars;
    private final Map<String, Metric> metrics;

    /// @param metrics all that a condition may name, by name
    ConditionText(Scalars scalars, Map<String, Metric> metrics) {
        this.scalars = scalars;
        this.metrics = metrics;
    }

    /// What a condition compares with what.
    record Comparison(Metric metric, Side side, Limit limit) {}

    @Nullable Comparison read(Value value, String field) {
        var text = scalars.text(value, field);
        if (text == null) {
            return null;
        }
        var matcher = text.length() > 500 ? null : WHOLE.matcher(text.strip());
        if (matcher == null || !matcher.matches()) {
            return scalars.refuse(
                    value, field, "a condition is a metric, >= or <=, and a limit: " + EXAMPLE);
        }
        var metric = metric(value, field, matcher.group(1));
        var sign = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
        var side = side(value, field, sign);
        var limit =
                metric == null ? null : limit(value, field, metric, side, matcher.group(4).strip());
        return metric == null || side == null || limit == null
                ? null
                : new Comparison(metric, side, limit);
    }

    @Nullable Metric metric(Value value, String field, String name) {
        var metric = metrics.get(name);
        return metric != null
                ? metric
                : scalars.refuse(
                        value,
                        field,
                        "%s is no metric%s"
                                .formatted(
                                        Refusals.quoted(name),
                                        Names.meant(
                                                name,
                                                metrics.keySet().stream().sorted().toList())));
    }

    @Nullable Side side(Value value, String field, String sign) {
        return switch (sign) {
            case ">=", "gte" -> Side.AT_LEAST;
            case "<=", "lte" -> Side.AT_MOST;
            case ">", "≥", "=>", "gt" -> comparator(value, field, sign, ">=");
            case "<", "≤", "=<", "lt" -> comparator(value, field, sign, "<=");
            default -> comparator(value, field, sign, ">= or <=");
        };
    }

    private @Nullable Side comparator(Value value, String field, String sign, String mend) {
        return scalars.refuse(
                value,
                field,
                "%s is no comparator; write %s".formatted(Refusals.quoted(sign), mend));
    }

    /// The limit that `text` is for `metric`.
    @Nullable Limit limit(
            Value value, String field, Metric metric, @Nullable Side side, String text) {
        if (text.contains("baseline")) {
            return relative(value, field, metric, side, text);
        }
        var number = absolute(value, field, metric, text);
        return number == null ? null : new Limit.Absolute(number);
    }

    private @Nullable Double absolute(Value value, String field, Metric metric, String text) {
        return switch (metric) {
            case Metric.Rate _ -> rate(value, field, text);
            case Metric.Score _ -> score(value, field, text);
            case Metric.Percentile(_, Measure.Named _, _) -> number(value, field, text, "400");
            case Metric.Percentile _ -> milliseconds(value, field, text);
            case Metric.Mean(_, var of) ->
                    number(value, field, text, of == Quantity.COST_USD ? "0.10" : "400");
            case Metric.CostPerSuccess _ -> number(value, field, text, "0.10");
        };
    }

    private @Nullable Double rate(Value value, String field, String text) {
        var rule = "a rate's limit lies between 0% and 100%; write it as 10% or 0.1";
        var amount = Amount.parse(text);
        if (amount == null || !(amount.unit().isEmpty() || amount.isPercent())) {
            return scalars.refuse(value, field, rule);
        }
        double rate = amount.value();
        if (!amount.isPercent() && rate >= 1 && rate < 100) {
            return scalars.refuse(
                    value,
                    field,
                    "a rate is below 1, got %1$s; write %1$s%%".formatted(text.strip()));
        }
        return rate >= LEAST && rate < 1
                ? (Double) rate
                : scalars.<Double>refuse(value, field, rule);
    }

    private @Nullable Double score(Value value, String field, String text) {
        var amount = Amount.parse(text);
        return amount != null
                        && amount.unit().isEmpty()
                        && amount.value() >= LEAST
                        && amount.value() < 1
                ? (Double) amount.value()
                : scalars.<Double>refuse(
                        value, field, "a score's limit lies between 0 and 1; write it as 0.7");
    }

    private @Nullable Double milliseconds(Value value, String field, String text) {
        var rule = "this limit is a time; write it as 5000 (milliseconds), 500ms or 5s";
        var amount = Amount.parse(text);
        if (amount != null && amount.unit().isEmpty()) {
            return inRange(value, field, amount.value(), rule);
        }
        if (amount != null && List.of("ms", "s").contains(amount.unit())) {
            int each = amount.unit().equals("s") ? 1000 : 1;
            return inRange(value, field, amount.value() * each, rule);
        }
        var time = Amount.time(text);
        // No number of milliseconds holds every time that can be written.
        return time == null || time.isNegative() || time.compareTo(Amount.LONGEST) > 0
                ? scalars.refuse(value, field, rule)
                : inRange(value, field, (double) time.toMillis(), rule);
    }

    private @Nullable Double number(Value value, String field, String text, String example) {
        var rule = "this limit is a number above 0; write it as " + example;
        var amount = Amount.parse(text);
        boolean money = amount != null && amount.unit().equals("usd") && example.startsWith("0");
        return amount == null || !(amount.unit().isEmpty() || money)
                ? scalars.<Double>refuse(value, field, rule)
                : inRange(value, field, amount.value(), rule);
    }

    private @Nullable Double inRange(Value value, String field, double number, String rule) {
        return number >= LEAST && number <= MOST
                ? (Double) number
                : scalars.<Double>refuse(value, field, rule);
    }

    private @Nullable Limit relative(
            Value value, String field, Metric metric, @Nullable Side side, String text) {
        var matcher = RELATIVE.matcher(text);
        if (!matcher.matches() || (matcher.group(1) != null && matcher.group(2) != null)) {
            return scalars.refuse(
                    value,
                    field,
                    "a relative limit is baseline + 2%, 3 * baseline or 2 * baseline + 1%; write"
                            + " one of these");
        }
        var times = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        var factor = factor(value, field, times == null ? "1" : times);
        var offset =
                matcher.group(4) == null
                        ? (Double) 0.0
                        : offset(value, field, metric, matcher.group(3), matcher.group(4).strip());
        if (factor == null || offset == null) {
            return null;
        }
        if (factor == 1 && offset == 0) {
            return scalars.refuse(
                    value,
                    field,
                    "an equal model could never meet this; write " + withRoom(metric, side));
        }
        if (metric instanceof Metric.CostPerSuccess) {
            return scalars.refuse(
                    value,
                    field,
                    "cost per success takes a fixed limit only; write >= 0.10, or compare"
                            + " avg_cost_usd");
        }
        return new Limit.Relative(factor, offset);
    }

    private static String withRoom(Metric metric, @Nullable Side side) {
        boolean highIsBad = side != Side.AT_MOST;
        return switch (metric) {
            case Metric.Rate _ -> highIsBad ? "baseline + 1%" : "baseline - 1%";
            case Metric.Score _, Metric.Percentile _, Metric.Mean _, Metric.CostPerSuccess _ ->
                    highIsBad ? "1.1 * baseline" : "0.9 * baseline";
        };
    }

    private @Nullable Double factor(Value value, String field, String text) {
        var amount = Amount.parse(text);
        double factor = amount == null ? Double.NaN : amount.value();
        return factor > 0 && factor <= 1000
                ? (Double) factor
                : scalars.<Double>refuse(
                        value,
                        field,
                        "the factor before baseline is above 0, at most 1000; write 1.5 * baseline");
    }

    private @Nullable Double offset(
            Value value, String field, Metric metric, String sign, String text) {
        var amount = Amount.parse(text);
        if (amount != null && amount.number().signum() == 0) {
            return 0.0;
        }
        if (amount != null && amount.isPercent() && !(metric instanceof Metric.Rate)) {
            return scalars.refuse(
                    value,
                    field,
                    "a percentage is added to rates only; write %s * baseline"
                            .formatted(
                                    Scalars.plain(
                                            1 + (sign.equals("-") ? -1 : 1) * amount.value())));
        }
        var distance = absolute(value, field, metric, text);
        return distance == null ? null : (Double) (sign.equals("-") ? -distance : distance);
    }
}
