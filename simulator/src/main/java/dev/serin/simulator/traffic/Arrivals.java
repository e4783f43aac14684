package dev.serin.simulator.traffic;

import java.time.Duration;
import java.time.Instant;

/// When calls begin.
@FunctionalInterface
public interface Arrivals {

    /// When the call after the one of `last` begins; never before it.
    Instant after(Instant last);

    /// Calls at even distances.
    ///
    /// @param perSecond above 0
    static Arrivals steady(double perSecond) {
        if (!(perSecond > 0 && perSecond < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "traffic has more than 0 calls a second, got " + perSecond);
        }
        var gap = Duration.ofNanos(Math.round(1e9 / perSecond));
        return last -> last.plus(gap);
    }
}
