package dev.serin.web.access;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A form that asks who somebody is.
///
/// @param next where to go afterwards, an address on this server
/// @param name what was typed before, or empty
/// @param error what was wrong, in a sentence that says what to do, or null
/// @param token the token that came in the address, or empty
/// @param parts those whom one may play instead
/// @param provider what the OpenID provider is called by which one can sign in too, or null without one
public record AccessView(
        String next,
        String name,
        @Nullable String error,
        String token,
        List<Part> parts,
        @Nullable String provider) {

    public AccessView {
        parts = List.copyOf(parts);
    }

    public AccessView(
            String next, String name, @Nullable String error, String token, List<Part> parts) {
        this(next, name, error, token, parts, null);
    }

    public AccessView(String next, String name, @Nullable String error, String token) {
        this(next, name, error, token, List.of());
    }

    /// The same, where one can sign in by a provider too.
    public AccessView offering(String byProvider) {
        return new AccessView(next, name, error, token, parts, byProvider);
    }

    /// Where to go afterwards, as it stands in an address.
    public String nextInAddress() {
        return URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    /// Somebody whom one may play in the demo.
    ///
    /// @param does what they may do, after the name
    public record Part(String name, String does) {}
}
