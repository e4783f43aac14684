package dev.serin.server.evidence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What was said of one call under one name.
///
/// @param judge who said it; null if nobody told
/// @param version of the judge; null if nobody told
/// @param at when it was said; null for the moment of receipt
/// @param score what was said beside a good or bad: it is meant where the plan has a score of this name;
///     null if nothing was
public record Label(
        String name,
        Verdict verdict,
        @Nullable String judge,
        @Nullable String version,
        @Nullable Instant at,
        Verdict.@Nullable Score score) {

    /// One that says one thing.
    public Label(
            String name,
            Verdict verdict,
            @Nullable String judge,
            @Nullable String version,
            @Nullable Instant at) {
        this(name, verdict, judge, version, at, null);
    }

    /// The same as a score, if it says one.
    Label asScore() {
        return score == null ? this : new Label(name, score, judge, version, at);
    }
}
