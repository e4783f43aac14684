package dev.serin.web.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A form that asks who somebody is.
///
/// @param next where to go afterwards, an address on this server
/// @param name what was typed before, or empty
/// @param error what was wrong, in a sentence that says what to do, or null
/// @param token the token that came in the address, or empty
/// @param parts those whom one may play instead
public record AccessView(
        String next, String name, @Nullable String error, String token, List<Part> parts) {

    public AccessView {
        parts = List.copyOf(parts);
    }

    public AccessView(String next, String name, @Nullable String error, String token) {
        this(next, name, error, token, List.of());
    }

    /// Somebody whom one may play in the demo.
    ///
    /// @param does what they may do, after the name
    public record Part(String name, String does) {}
}
