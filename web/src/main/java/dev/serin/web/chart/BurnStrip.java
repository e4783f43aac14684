package dev.serin.web.chart;

import io.quarkus.qute.RawString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How fast an error budget burned over a minute or so, and while what it burned.
///
/// @param words what the picture shows, in a sentence
/// @param seconds that the width stands for, over 0
/// @param points in the order of time
/// @param acts when something acted on it; null if nothing has
public record BurnStrip(String words, double seconds, List<Point> points, @Nullable Spell acts) {

    public BurnStrip {
        points = List.copyOf(points);
        if (!(seconds > 0)) {
            throw new IllegalArgumentException("a strip is longer than 0 s, got " + seconds);
        }
    }

    /// The burn at a moment, in seconds after the beginning.
    ///
    /// @param pace 1 uses the budget up exactly
    public record Point(double at, double pace) {}

    /// A spell, in seconds after the beginning.
    ///
    /// @param name short, such as `fault`
    public record Spell(double from, double to, String name) {}

    /// The picture at the width that it is given.
    public RawString svg() {
        return BurnStripDrawing.of(this);
    }
}
