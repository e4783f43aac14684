package dev.serin.web.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// A scale from `from` to `to` whose ticks are round numbers.
///
/// @param from lower end
/// @param to upper end, above `from`
record Axis(double from, double to) {

    Axis {
        if (!(from < to) || Double.isInfinite(from) || Double.isInfinite(to)) {
            throw new IllegalArgumentException(
                    "an axis needs finite ends, the lower first, got %s to %s".formatted(from, to));
        }
    }

    /// A scale that holds all of these, and is never empty.
    static Axis holding(double one, double other) {
        double low = Math.min(one, other);
        double high = Math.max(one, other);
        if (low == high) {
            return low == 0
                    ? new Axis(0, 1)
                    : new Axis(Math.min(0, low * 1.5), Math.max(0, high * 1.5));
        }
        return new Axis(low, high);
    }

    /// Where a value stands, 0 at the lower end and 1 at the upper one; beyond them where it is.
    double at(double value) {
        return (value - from) / (to - from);
    }

    /// Round numbers between the ends, at most `most` of them and at least one if any fits.
    List<Double> ticks(int most) {
        double step = roundUp((to - from) / Math.max(1, most));
        var ticks = new ArrayList<Double>();
        for (double i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) {
            ticks.add(BigDecimal.valueOf(step).multiply(BigDecimal.valueOf(i)).doubleValue());
        }
        return List.copyOf(ticks);
    }

    private static double roundUp(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double lead = rough / power;
        int round = lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10;
        return BigDecimal.valueOf(power).multiply(BigDecimal.valueOf(round)).doubleValue();
    }
}
