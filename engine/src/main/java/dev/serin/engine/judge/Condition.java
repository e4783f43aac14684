package dev.serin.engine.judge;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What must not become true, such as `error_rate >= 0.1`.
///
/// @param cap for a mean: the most that one call can measure, in the metric's unit; without it
///     nobody can prove a mean small. Null for other metrics; needed where the mean of a number is
///     compared with the baseline's, for nobody knows how large a plan's own number usually is
public record Condition(
        Metric metric, Side side, Limit limit, Consequence then, @Nullable Double cap) {

    /// A mean's cap by its limit where the plan gives none.
    public static final double DEFAULT_CAP = 5;

    /// On which side of the limit the bad values lie.
    public enum Side {
        /// `>=`: high is bad.
        AT_LEAST(">="),
        /// `<=`: low is bad.
        AT_MOST("<=");

        private final String sign;

        Side(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    /// What a breach does.
    public enum Consequence {
        ROLL_BACK,
        /// Pauses and asks a person.
        ASK,
        /// Is judged and shown, and has no part in any decision.
        SHOW
    }

    public Condition {
        if (cap != null && !(cap > 0 && cap < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a cap is above 0, got " + cap);
        }
        if (cap == null
                && limit instanceof Limit.Relative
                && metric instanceof Metric.Mean(_, Measure.Named(var number))) {
            throw new IllegalArgumentException(
                    "%s compares means of %s and needs a cap: the most that one call can measure"
                            .formatted(metric.name(), number));
        }
        if (cap != null && limit instanceof Limit.Absolute(double value) && !(cap > value)) {
            throw new IllegalArgumentException(
                    "%s can never be met: its cap %s is not above its limit %s"
                            .formatted(metric.name(), plain(cap), plain(value)));
        }
    }

    public boolean decides() {
        return then != Consequence.SHOW;
    }

    public boolean isRelative() {
        return limit instanceof Limit.Relative;
    }

    /// The cap under which a mean is judged: the plan's, or else 5 times the limit, or for relative
    /// conditions the quantity's own.
    public double capOrDefault() {
        if (cap != null) {
            return cap;
        }
        if (metric instanceof Metric.Score) {
            return 1;
        }
        return switch (limit) {
            case Limit.Absolute(double value) -> DEFAULT_CAP * value;
            case Limit.Relative _ ->
                    metric instanceof Metric.Mean(_, Quantity of) ? of.usualCap() : 1;
        };
    }

    /// What is wrong with the condition, although it can be written, with the mend; empty if
    /// nothing is.
    public Optional<String> objection() {
        if (limit instanceof Limit.Relative(double factor, double offset)) {
            if (factor == 1 && offset == 0) {
                return Optional.of(
                        "%s can never be met by a candidate that equals its baseline; allow a margin,"
                                        .formatted(text())
                                + (side == Side.AT_LEAST
                                        ? " such as baseline + 1% or 1.1 * baseline"
                                        : " such as baseline - 1% or 0.9 * baseline"));
            }
            if (metric instanceof Metric.CostPerSuccess) {
                return Optional.of(text() + ": cost per success needs a fixed limit in US dollars");
            }
        }
        if (limit instanceof Limit.Absolute(double value) && value >= 1) {
            return switch (metric) {
                case Metric.Rate _ ->
                        Optional.of(
                                "%s never holds or always does; a rate's limit lies below 1 (100 %%)"
                                        .formatted(text()));
                case Metric.Score _ ->
                        Optional.of(
                                "%s never holds or always does; a score's limit lies below 1"
                                        .formatted(text()));
                case Metric.Percentile _, Metric.Mean _, Metric.CostPerSuccess _ ->
                        Optional.empty();
            };
        }
        return Optional.empty();
    }

    /// The condition in one canonical line; it names the condition in findings and waivers.
    public String text() {
        return metric.name() + " " + side.sign() + " " + text(limit);
    }

    private static String text(Limit limit) {
        return switch (limit) {
            case Limit.Absolute(double value) -> plain(value);
            case Limit.Relative(double factor, double offset) ->
                    (factor == 1 ? "baseline" : plain(factor) + " * baseline")
                            + (offset == 0
                                    ? ""
                                    : (offset > 0 ? " + " : " - ") + plain(Math.abs(offset)));
        };
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
