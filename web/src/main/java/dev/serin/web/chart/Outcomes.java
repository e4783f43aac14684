package dev.serin.web.chart;

import io.quarkus.qute.RawString;

/// How many of some runs were promoted, rolled back, or neither: one bar.
///
/// @param words what the bar shows, in a sentence
/// @param promoted 0 to 1
/// @param rolledBack 0 to 1, with `promoted` at most 1; the rest was neither
public record Outcomes(String words, double promoted, double rolledBack) {

    private static final double HEIGHT = 14;

    /// Where rounding went a little beyond the whole.
    private static final double SLACK = 1e-9;

    public Outcomes {
        if (!(promoted >= 0 && rolledBack >= 0 && promoted + rolledBack <= 1 + SLACK)) {
            throw new IllegalArgumentException(
                    "parts of a whole, got %s and %s".formatted(promoted, rolledBack));
        }
    }

    /// The picture at the width that it is given: rolled back from the left, promoted from the right,
    /// so that a glance down a table sees where one turns into the other.
    public RawString svg() {
        var svg = Svg.picture("outcomes", HEIGHT, words);
        svg.rect("stuck", 0, 0, 1, HEIGHT);
        svg.rect("back", 0, 0, rolledBack, HEIGHT);
        svg.rect("promoted", 1 - promoted, 0, promoted, HEIGHT);
        return svg.done();
    }
}
