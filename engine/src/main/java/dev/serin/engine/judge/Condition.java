package dev.serin.engine.judge;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What must not become true, such as `error_rate >= 0.1`.
///
/// @param cap for a mean: the most that one call can measure, in the metric's unit; without it
///     nobody can prove a mean small. Null for other metrics
public record Condition(
        Metric metric, Side side, Limit limit, Consequence then, @Nullable Double cap) {

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
