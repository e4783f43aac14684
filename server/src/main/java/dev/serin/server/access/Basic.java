package dev.serin.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Name and password as HTTP Basic has them, or a machine's token.
///
/// @param name empty with a token
/// @param password or the token
record Basic(String name, String password) {

    /// What a header says; clients of models say name and password as their key.
    ///
    /// @param header of `Authorization`
    /// @param path under the root
    static Optional<Basic> of(@Nullable String header, String path) {
        if (header != null
                && header.regionMatches(true, 0, "Bearer ", 0, 7)
                && Addresses.isForPrograms(path)) {
            var key = header.substring(7).strip();
            if (key.startsWith(Tokens.PREFIX) && key.indexOf(':') < 0) {
                return Optional.of(new Basic("", key));
            }
            return Addresses.isForModels(path) ? of(key) : Optional.empty();
        }
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            return of(new String(Base64.getDecoder().decode(header.substring(6).strip()), UTF_8));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<Basic> of(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new Basic(text.substring(0, colon), text.substring(colon + 1)));
    }

    boolean isToken() {
        return name.isEmpty() && password.startsWith(Tokens.PREFIX);
    }

    @Override
    public String toString() {
        return name;
    }
}
