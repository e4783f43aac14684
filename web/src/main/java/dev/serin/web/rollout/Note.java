package dev.serin.web.rollout;

import dev.serin.web.words.Tone;

/// A remark about what the reader just did: `Already approved by Mira`, `This page was old`.
///
/// @param comment what the reader had typed with a decision that was not taken, so that it stands
///     there again; empty for nothing
public record Note(Tone tone, String text, String comment) {

    public Note(Tone tone, String text) {
        this(tone, text, "");
    }
}
