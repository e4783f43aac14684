package dev.serin.server.provider;

import java.util.regex.Pattern;

/// A key of a provider or a source. It is told to whom it belongs and to nobody else.
public final class Secret {

    private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]{1,4096}");

    private final String text;

    /// @throws IllegalArgumentException if it could not be sent in a header
    public Secret(String text) {
        if (!SENDABLE.matcher(text).matches()) {
            // The text itself must not get into a log.
            throw new IllegalArgumentException(
                    "a key is one word of 1 to 4,096 visible ASCII characters; this one has "
                            + text.length()
                            + " characters, not all of them visible ASCII");
        }
        this.text = text;
    }

    /// The key as its provider must hear it.
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
