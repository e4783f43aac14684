package dev.serin.server.planfile;

import java.time.Duration;

/// A time as a plan writes it.
final class Times {

    private Times() {}

    /// `1h30m`, `500ms`, `0s`.
    static String text(Duration time) {
        if (time.isZero()) {
            return "0s";
        }
        return part(time.toDays(), "d")
                + part(time.toHoursPart(), "h")
                + part(time.toMinutesPart(), "m")
                + part(time.toSecondsPart(), "s")
                + part(time.toMillisPart(), "ms");
    }

    private static String part(long count, String unit) {
        return count == 0 ? "" : count + unit;
    }
}
