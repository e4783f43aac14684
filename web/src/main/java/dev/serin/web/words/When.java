package dev.serin.web.words;

import io.quarkus.qute.RawString;
import java.time.Instant;

/// A moment, in words with the exact time behind them.
///
/// @param words such as `4 min ago`
/// @param exact such as `2026-11-24 21:14:34 UTC`
public record When(Instant at, String words, String exact) {

    /// The moment as a `time` element. A script may later turn it into the reader's zone.
    public RawString html() {
        return new RawString(
                "<time datetime=\"%s\" title=\"%s\" data-relative>%s</time>"
                        .formatted(at, exact, words));
    }

    /// The exact moment as a `time` element.
    public RawString exactHtml() {
        return new RawString(
                "<time datetime=\"%s\" title=\"%s\" data-exact>%s</time>"
                        .formatted(at, words, exact));
    }
}
