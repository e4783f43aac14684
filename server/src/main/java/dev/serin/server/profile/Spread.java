package dev.serin.server.profile;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/// Measured values, sorted. Where there are none, only [#count()] and [#isEmpty()] may be asked.
final class Spread {

    private static final int DIGITS = 4;

    private final double[] sorted;

    private Spread(double[] sorted) {
        this.sorted = sorted;
    }

    static Spread of(DoubleStream values) {
        return new Spread(values.sorted().toArray());
    }

    boolean isEmpty() {
        return sorted.length == 0;
    }

    int count() {
        return sorted.length;
    }

    /// The value below which the part `p` lies, straight between two values.
    double at(double p) {
        double place = p * (sorted.length - 1);
        int low = (int) Math.floor(place);
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
    }

    DoubleStream values() {
        return Arrays.stream(sorted);
    }

    double least() {
        return sorted[0];
    }

    double mean() {
        return Arrays.stream(sorted).average().orElse(Double.NaN);
    }

    double most() {
        return sorted[sorted.length - 1];
    }

    /// As many digits as a person reads.
    static double rounded(double value) {
        return round(value, DIGITS, RoundingMode.HALF_EVEN);
    }

    /// The next larger number of two digits.
    static double upwards(double value) {
        return round(value, 2, RoundingMode.CEILING);
    }

    static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    static String shown(double value) {
        return plain(round(value, 3, RoundingMode.HALF_EVEN));
    }

    /// A part as a percentage.
    static String percent(double part) {
        return BigDecimal.valueOf(part).movePointRight(2).stripTrailingZeros().toPlainString()
                + "%";
    }

    private static double round(double value, int digits, RoundingMode mode) {
        return value == 0
                ? 0
                : BigDecimal.valueOf(value).round(new MathContext(digits, mode)).doubleValue();
    }
}
