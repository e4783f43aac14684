package dev.serin.engine.judge;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Numbers as a sentence prints them: with their unit, and no digit more than helps.
final class Numbers {

    private Numbers() {}

    /// A value of a metric, in its unit.
    static String of(Metric metric, double value) {
        return switch (metric) {
            case Metric.Rate _ -> percent(value);
            case Metric.Score _ -> digits(value, 2);
            case Metric.Percentile(_, var of, _) -> of(of, value);
            case Metric.Mean(_, var of) -> of(of, value);
            case Metric.CostPerSuccess _ -> money(value);
        };
    }

    /// A difference of two values of a metric; of rates in percentage points.
    static String difference(Metric metric, double value) {
        String size = of(metric, Math.abs(value));
        String unit = metric instanceof Metric.Rate ? size.replace(" %", " points") : size;
        return value < 0 ? "-" + unit : unit;
    }

    static String times(double ratio) {
        return Double.isInfinite(ratio) ? "any number of" : digits(ratio, 2);
    }

    static String calls(long calls) {
        return String.format(Locale.ROOT, "%,d", calls);
    }

    private static String of(Measure measure, double value) {
        return switch (measure) {
            case Quantity.LATENCY_MS, Quantity.TTFT_MS -> time(value);
            case Quantity.MS_PER_TOKEN -> digits(value, 2) + " ms";
            case Quantity.COST_USD -> money(value);
            case Quantity.TOKENS_OUT -> digits(value, 3) + " tokens";
            case Measure.Named _ -> digits(value, 3);
        };
    }

    /// A level such as 0.95 as in p95.
    static String level(double level) {
        return round(level * 100, 2);
    }

    private static String percent(double value) {
        double percent = value * 100;
        return percent == 0 ? "0 %" : round(percent, Math.max(1, 1 - magnitude(percent))) + " %";
    }

    private static String time(double ms) {
        return ms < 1000 ? digits(ms, 2) + " ms" : digits(ms / 1000, 2) + " s";
    }

    private static String money(double usd) {
        return "$" + digits(usd, 2);
    }

    /// At least so many significant digits, and all of those before the point.
    private static String digits(double value, int significant) {
        if (value == 0) {
            return "0";
        }
        return round(value, Math.max(0, significant - 1 - magnitude(value)));
    }

    private static int magnitude(double value) {
        var rounded =
                new BigDecimal(Math.abs(value)).round(new MathContext(2, RoundingMode.HALF_UP));
        return rounded.precision() - rounded.scale() - 1;
    }

    private static String round(double value, int decimals) {
        var rounded =
                BigDecimal.valueOf(value)
                        .setScale(Math.min(decimals, 8), RoundingMode.HALF_UP)
                        .stripTrailingZeros();
        if (rounded.scale() < 0) {
            rounded = rounded.setScale(0, RoundingMode.UNNECESSARY);
        }
        return String.format(Locale.ROOT, "%,." + rounded.scale() + "f", rounded);
    }
}
