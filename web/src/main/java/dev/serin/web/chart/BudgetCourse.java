package dev.serin.web.chart;

import io.quarkus.qute.RawString;
import java.time.Instant;
import java.util.List;

/// What is left of an error budget over time: it falls with bad calls and rises with good ones.
///
/// @param words what the picture shows, in a sentence
/// @param from left end of the time axis
/// @param to right end of the time axis, not before `from`
/// @param points in the order of time; between two nothing was seen and nothing changed
public record BudgetCourse(String words, Instant from, Instant to, List<Point> points) {

    public BudgetCourse {
        points = List.copyOf(points);
        if (to.isBefore(from)) {
            throw new IllegalArgumentException(
                    "a course ends after its beginning, got %s to %s".formatted(from, to));
        }
    }

    /// What was left at a moment.
    ///
    /// @param remaining 1 is untouched, 0 is gone, below 0 is overdrawn
    /// @param calls that it rests on
    public record Point(Instant at, double remaining, long calls) {}

    /// The picture at the width that it is given.
    public RawString svg() {
        return BudgetCourseDrawing.of(this);
    }
}
