package dev.serin.web.chart;

import dev.serin.web.words.Unit;
import io.quarkus.qute.RawString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Intervals of several runs and steps under each other on one scale.
///
/// @param zero whether the numbers are differences, so that a line stands at 0
/// @param badAbove whether larger numbers are worse
public record Forest(Unit unit, boolean zero, boolean badAbove, List<Row> rows) {

    public Forest {
        rows = List.copyOf(rows);
    }

    /// One run in one step.
    ///
    /// @param step the step's name
    /// @param letter which column, such as `A`
    /// @param value null when the run has no such number
    /// @param words the number with its calls, such as `−4.1 points (−6.0 to −2.2) of 412 and 409`
    public record Row(String step, String letter, @Nullable Interval value, String words) {}

    /// The rows with their pictures, ready for a table.
    public List<Drawn> drawn() {
        return ForestDrawing.of(this);
    }

    /// The scale's ends and zero, to stand above the rows.
    public RawString axis() {
        return ForestDrawing.axis(this);
    }

    /// A row and its picture.
    ///
    /// @param first whether the row begins a new step
    public record Drawn(Row row, boolean first, RawString svg) {}
}
