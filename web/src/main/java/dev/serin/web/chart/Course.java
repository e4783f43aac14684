package dev.serin.web.chart;

import dev.serin.web.words.Unit;
import io.quarkus.qute.RawString;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One condition over time: the estimate as a line, its interval as a band, the limit, and the
/// baseline behind. All courses of a page share `from` and `to`.
///
/// @param words what the picture shows, in a sentence
/// @param from left end of the time axis
/// @param to right end of the time axis, not before `from`
/// @param candidate in the order of time; a point whose estimate is NaN is a gap
/// @param baseline in the order of time; only its estimates are drawn
/// @param limit null when the metric has no limit of its own
/// @param badAbove whether values over the limit are the bad ones
/// @param steps where a step began
public record Course(
        String words,
        Unit unit,
        Instant from,
        Instant to,
        List<Point> candidate,
        List<Point> baseline,
        @Nullable Double limit,
        boolean badAbove,
        List<StepChange> steps) {

    public Course {
        candidate = List.copyOf(candidate);
        baseline = List.copyOf(baseline);
        steps = List.copyOf(steps);
        if (to.isBefore(from)) {
            throw new IllegalArgumentException(
                    "a course ends after its beginning, got %s to %s".formatted(from, to));
        }
    }

    /// What was known at a moment.
    public record Point(Instant at, Interval value) {}

    /// The beginning of a step.
    ///
    /// @param name short, such as `25 %`
    public record StepChange(Instant at, String name) {}

    /// The picture at the width that it is given.
    public RawString svg() {
        return CourseDrawing.of(this);
    }
}
