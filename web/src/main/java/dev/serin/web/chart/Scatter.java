package dev.serin.web.chart;

import dev.serin.web.words.Unit;
import io.quarkus.qute.RawString;
import java.util.List;

/// Cost per call against quality, one cross of intervals for each run.
///
/// @param words what the picture shows, in a sentence
/// @param across name of the horizontal axis, such as `cost per call`
/// @param up name of the vertical axis, such as `hallucinations`
public record Scatter(
        String words, String across, Unit acrossUnit, String up, Unit upUnit, List<Dot> dots) {

    public Scatter {
        dots = List.copyOf(dots);
    }

    /// One run or one arm of it.
    ///
    /// @param name stands beside the dot
    /// @param candidate whether it is a candidate; if not, a baseline
    public record Dot(String name, boolean candidate, Interval across, Interval up) {}

    /// The picture at the width that it is given.
    public RawString svg() {
        return ScatterDrawing.of(this);
    }
}
