package dev.serin.server.access;

import org.jspecify.annotations.Nullable;

/// Who asks.
///
/// @param name null where nobody signs in and nobody has said a name yet
/// @param proven whether the name was proven by a password
public record Visitor(@Nullable String name, boolean proven) {

    /// How a name ends in the journal that was said and not proven.
    static final String SAID = " (said)";

    static final Visitor NAMELESS = new Visitor(null, false);

    /// Longest name, in characters.
    static final int LONGEST = 80;

    /// The name as the journal writes it: `ada`, or `Mira (said)` where nobody proved it.
    public String by() {
        return proven && name != null ? name : (name == null ? "somebody" : name) + SAID;
    }

    public boolean isNameless() {
        return name == null;
    }

    static Visitor said(@Nullable String name) {
        var clean = clean(name);
        return clean.isEmpty() ? NAMELESS : new Visitor(clean, false);
    }

    /// A name without what could not be seen, in one line, not too long.
    static String clean(@Nullable String name) {
        if (name == null) {
            return "";
        }
        var visible = name.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]", " ");
        var line = visible.strip().replaceAll("\\s+", " ");
        while (line.endsWith(SAID)) {
            line = line.substring(0, line.length() - SAID.length()).strip();
        }
        return line.length() <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, LONGEST)))
                        .strip();
    }
}
