package dev.serin.server.evidence;

import java.util.Optional;
import java.util.regex.Pattern;

/// The name of a span among all others: its trace's id and its own, in small hex, with `-` between.
public record SpanName(String text) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}-[0-9a-f]{16}");

    public SpanName {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a span's name is 32 and 16 digits of hex, got " + text);
        }
    }

    /// Empty if `text` is no such name.
    public static Optional<SpanName> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new SpanName(text)) : Optional.empty();
    }
}
