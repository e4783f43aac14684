package dev.serin.web.rollout;

import dev.serin.web.words.Tone;
import dev.serin.web.words.When;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One entry of the journal, as a sentence.
///
/// @param seq its place in the journal, unique on the page
/// @param sentence `Went from 5 % to 25 %: all 4 conditions are met.`
/// @param comment what the person wrote, or null
/// @param evidence what was judged, to unfold
/// @param seen what an approver had looked at before, to unfold; empty for others
public record EntryView(
        long seq,
        When at,
        Tone tone,
        String sentence,
        @Nullable String by,
        @Nullable String comment,
        List<FindingView> evidence,
        List<FindingView> seen) {

    public EntryView {
        evidence = List.copyOf(evidence);
        seen = List.copyOf(seen);
    }
}
