package dev.serin.server.access;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets a browser in whose account is proven.
@ApplicationScoped
class Entrance {

    private final AccessConfig config;
    private final Sessions sessions;
    private final Frames frames;
    private final CurrentVertxRequest request;

    Entrance(AccessConfig config, Sessions sessions, Frames frames, CurrentVertxRequest request) {
        this.config = config;
        this.sessions = sessions;
        this.frames = frames;
        this.request = request;
    }

    /// Begins a session and sends the browser on; to sign in once more if the account was shut meanwhile.
    ///
    /// @param to an address on this server, without the root
    Response into(String account, String to) {
        return into(sessions.begin(account, address(), agent()), to);
    }

    /// The same for somebody who has signed in.
    Response into(Happened signedIn, String to) {
        return into(sessions.begin(signedIn, agent()), to);
    }

    private @Nullable String agent() {
        return request.getCurrent().request().getHeader(HttpHeaders.USER_AGENT);
    }

    private Response into(Optional<String> token, String to) {
        if (token.isEmpty()) {
            return Response.seeOther(URI.create(frames.root() + "/login")).build();
        }
        var cookie =
                Cookies.session(
                        token.get(), config.session().lifetime(), frames.root(), isSecure());
        return Response.seeOther(URI.create(frames.root() + to)).cookie(cookie).build();
    }

    /// The address that asks.
    String address() {
        return AccessFilter.address(request.getCurrent());
    }

    /// Whether cookies are to travel by TLS only.
    boolean isSecure() {
        return "https".equals(request.getCurrent().request().scheme());
    }

    /// The full address of the page where a link opens.
    String link(String token) {
        return address("/login/invitation?token=" + token);
    }

    /// A full address on this server.
    ///
    /// @param path without the root
    String address(String path) {
        return URI.create(request.getCurrent().request().absoluteURI())
                .resolve(frames.root() + path)
                .toString();
    }
}
