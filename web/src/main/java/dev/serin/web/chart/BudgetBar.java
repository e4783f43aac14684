package dev.serin.web.chart;

import dev.serin.web.words.Tone;
import io.quarkus.qute.RawString;

/// An error budget as a bar that empties.
///
/// @param words what the picture shows, in a sentence
/// @param remaining 1 is untouched, 0 is gone; below 0 is overdrawn; NaN is not known
public record BudgetBar(String words, double remaining, Tone tone) {

    /// The picture at the width that it is given.
    public RawString svg() {
        return BudgetDrawing.of(this);
    }
}
