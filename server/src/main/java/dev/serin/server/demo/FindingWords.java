package dev.serin.server.demo;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Estimate;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.Finding.Breached;
import dev.serin.engine.judge.Finding.Met;
import dev.serin.engine.judge.Finding.Resting;
import dev.serin.engine.judge.Finding.Unsure;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Measure;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Quantity;
import java.util.Locale;

/// A finding's numbers as a table prints them.
public final class FindingWords {

    private FindingWords() {}

    public static String state(Finding finding) {
        return switch (finding) {
            case Met _ -> "met";
            case Breached _ -> "breached";
            case Unsure _ -> "unsure";
            case Resting _ -> "resting";
        };
    }

    public static String value(Finding finding) {
        var seen = finding.estimate();
        return seen.isKnown() ? number(finding.condition(), seen.value()) : "-";
    }

    public static String interval(Finding finding) {
        Estimate seen = finding.estimate();
        if (finding instanceof Resting) {
            return "-";
        }
        return "%s to %s"
                .formatted(
                        number(finding.condition(), seen.low()),
                        Double.isInfinite(seen.high())
                                ? "?"
                                : number(finding.condition(), seen.high()));
    }

    public static String limit(Condition condition) {
        var limit =
                switch (condition.limit()) {
                    case Limit.Absolute(double value) -> number(condition, value);
                    case Limit.Relative(double factor, double offset) ->
                            relative(condition, factor, offset);
                };
        return condition.side().sign() + " " + limit;
    }

    private static String relative(Condition condition, double factor, double offset) {
        var base = factor == 1 ? "baseline" : "%s x baseline".formatted(plain(factor));
        return offset == 0
                ? base
                : base + (offset > 0 ? " + " : " - ") + ownUnit(condition, Math.abs(offset));
    }

    /// In the unit of the finding's estimate: a ratio for a condition such as `3 * baseline`.
    private static String number(Condition condition, double value) {
        boolean ratio = condition.limit() instanceof Limit.Relative relative && relative.isRatio();
        return ratio ? plain(value) + " x" : ownUnit(condition, value);
    }

    private static String ownUnit(Condition condition, double value) {
        return switch (condition.metric()) {
            case Metric.Rate _ -> text("%.1f %%", value * 100);
            case Metric.Score _ -> text("%.2f", value);
            case Metric.CostPerSuccess _ -> text("$%.4f", value);
            case Metric.Percentile(_, var of, _) -> measure(of, value);
            case Metric.Mean(_, var of) -> measure(of, value);
        };
    }

    private static String measure(Measure of, double value) {
        return switch (of) {
            case Quantity.LATENCY_MS, Quantity.TTFT_MS -> text("%,.0f ms", value);
            case Quantity.MS_PER_TOKEN -> text("%.1f ms", value);
            case Quantity.COST_USD -> text("$%.4f", value);
            case Quantity.TOKENS_OUT -> text("%,.0f", value);
            case Measure.Named _ -> text(value < 100 ? "%.3g" : "%,.0f", value);
        };
    }

    private static String plain(double value) {
        return text("%.3g", value);
    }

    private static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
