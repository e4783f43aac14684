package dev.serin.server.access;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What people may be called. A name stands in the journal, in addresses and in HTTP Basic.
final class Names {

    private static final Pattern ALLOWED =
            Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} ._@+'’-]*");

    private Names() {}

    /// As it is stored: one spelling of each letter, single spaces.
    static String clean(String typed) {
        return Visitor.clean(Normalizer.normalize(typed, Normalizer.Form.NFC));
    }

    /// What is wrong with a name, in a sentence that says what to do.
    ///
    /// @param name cleaned
    static Optional<String> wrong(String name) {
        if (name.isEmpty()) {
            return Optional.of("An account needs a name.");
        }
        if (name.toLowerCase(Locale.ROOT).equals("serin")) {
            return Optional.of("The journal calls the program itself serin; choose another name.");
        }
        if (name.toLowerCase(Locale.ROOT).startsWith(Tokens.JOURNALED)) {
            return Optional.of(
                    "The journal calls machines so; choose a name that does not begin with token.");
        }
        return ALLOWED.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(
                        "A name has letters, digits, spaces and . _ @ + ' - only, and begins with a"
                                + " letter or digit.");
    }
}
