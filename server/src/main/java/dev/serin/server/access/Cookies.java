package dev.serin.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/// The two things that a browser remembers for Serin.
final class Cookies {

    static final String SESSION = "serin-session";
    static final String NAME = "serin-name";

    private static final Duration NAME_LIFETIME = Duration.ofDays(365);

    private Cookies() {}

    static Optional<String> session(RoutingContext context) {
        return value(context, SESSION);
    }

    static Optional<String> name(RoutingContext context) {
        try {
            return value(context, NAME)
                    .map(text -> new String(Base64.getUrlDecoder().decode(text), UTF_8));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    static NewCookie session(String token, Duration lifetime, String root, boolean secure) {
        return cookie(SESSION, token, lifetime, root, secure);
    }

    static NewCookie name(String name, String root, boolean secure) {
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(UTF_8));
        return cookie(NAME, text, NAME_LIFETIME, root, secure);
    }

    private static Optional<String> value(RoutingContext context, String name) {
        var cookie = context.request().getCookie(name);
        return Optional.ofNullable(cookie).map(io.vertx.core.http.Cookie::getValue);
    }

    private static NewCookie cookie(
            String name, String value, Duration lifetime, String root, boolean secure) {
        return new NewCookie.Builder(name)
                .value(value)
                .path(root + "/")
                .maxAge((int) lifetime.toSeconds())
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }
}
