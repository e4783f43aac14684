package dev.serin.engine.judge;

/// What is known of one number: a value, and the interval that decides.
///
/// @param calls the calls behind it that carry the metric, 0 or more
/// @param value the plain estimate; NaN without calls
/// @param low lower bound; the number is at least this with the confidence of a rollback
/// @param high upper bound, `+Infinity` where there is none yet; the number is at most this with the
///     confidence of a promotion
public record Estimate(long calls, double value, double low, double high) {

    /// Nothing was seen, so nothing is known.
    public static final Estimate NONE = new Estimate(0, Double.NaN, 0, Double.POSITIVE_INFINITY);

    /// A value whose interval nobody looked for; both bounds are the value itself.
    static Estimate seen(long calls, double value) {
        return new Estimate(calls, value, value, value);
    }

    public Estimate {
        if (calls < 0 || !(low <= high) || (calls > 0 && Double.isNaN(value))) {
            throw new IllegalArgumentException(
                    "an estimate needs calls >= 0, a value and low <= high, got %d, %s, %s to %s"
                            .formatted(calls, value, low, high));
        }
    }

    public boolean isKnown() {
        return calls > 0;
    }

    /// The value in the metric's unit, and what it was seen of: `8.6 s of 285 calls`.
    public String in(Metric metric) {
        return "%s of %s calls".formatted(Numbers.of(metric, value), Numbers.calls(calls));
    }
}
