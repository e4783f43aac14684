package dev.serin.web.chart;

/// What is known of one number: its estimate and the interval that decides.
///
/// @param low lower end; may be negative infinity where nothing bounds it
/// @param estimate the best single number; NaN where there is none
/// @param high upper end; may be infinity where nothing bounds it
/// @param calls the calls that it rests on, 0 or more
public record Interval(double low, double estimate, double high, long calls) {

    public Interval {
        if (!(low <= high) || calls < 0) {
            throw new IllegalArgumentException(
                    "an interval needs low <= high and calls >= 0, got %s to %s of %d"
                            .formatted(low, high, calls));
        }
    }
}
