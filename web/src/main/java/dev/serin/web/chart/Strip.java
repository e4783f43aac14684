package dev.serin.web.chart;

import dev.serin.web.words.Tone;
import dev.serin.web.words.Unit;
import io.quarkus.qute.RawString;
import org.jspecify.annotations.Nullable;

/// One condition now: the candidate's interval against the limit. The limit stands at the same
/// place in every strip, and the forbidden side is always the right one.
///
/// @param words what the picture shows, in a sentence
/// @param limit what must not be reached, in the unit; NaN where it is not known, as with a limit
///     relative to a baseline without calls
/// @param badAbove whether values at or over the limit are bad; if not, those at or under it are
/// @param candidate null when nothing is known
/// @param baseline null when nothing is known or the condition does not compare
public record Strip(
        String words,
        Unit unit,
        double limit,
        boolean badAbove,
        @Nullable Interval candidate,
        @Nullable Interval baseline,
        Tone tone) {

    /// The picture at the width that it is given.
    public RawString svg() {
        return StripDrawing.of(this);
    }
}
