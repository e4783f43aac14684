package dev.serin.web.chart;

import dev.serin.web.words.Unit;
import io.quarkus.qute.RawString;
import java.util.List;

/// An operating characteristic: the true value across, how often a candidate of that value is rolled
/// back up.
///
/// @param words what the picture shows, in a sentence
/// @param across name of the horizontal axis, such as `true error rate`
/// @param limit where the plan's condition breaks
/// @param badAbove whether values over the limit are the bad ones
/// @param lines the plan's own first
public record Operating(
        String words, String across, Unit unit, double limit, boolean badAbove, List<Line> lines) {

    public Operating {
        lines = List.copyOf(lines);
    }

    /// One rule's answer to all values.
    ///
    /// @param name stands at its end
    /// @param own whether it is the plan's rule; if not, one to compare it with
    /// @param dots by rising value
    public record Line(String name, boolean own, List<Dot> dots) {

        public Line {
            dots = List.copyOf(dots);
        }
    }

    /// What was simulated at one value.
    ///
    /// @param at the true value
    /// @param rolledBack the part of the runs that was rolled back, 0 to 1, of so many runs
    public record Dot(double at, Interval rolledBack) {}

    /// The picture at the width that it is given.
    public RawString svg() {
        return OperatingDrawing.of(this);
    }
}
