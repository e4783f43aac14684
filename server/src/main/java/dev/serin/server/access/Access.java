package dev.serin.server.access;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// Takes the name that a form asked for where nobody signs in.
@ApplicationScoped
public class Access {

    private final AccessConfig config;
    private final Frames frames;
    private final CurrentVertxRequest request;

    Access(AccessConfig config, Frames frames, CurrentVertxRequest request) {
        this.config = config;
        this.frames = frames;
        this.request = request;
    }

    /// The visitor, under the name that was typed if none was known.
    public Visitor named(Visitor visitor, @Nullable String typed) {
        return visitor.isNameless() && !config.mode().asksToSignIn()
                ? Parts.said(config.mode(), typed)
                : visitor;
    }

    /// The answer with a cookie that keeps a name that was typed.
    public Response.ResponseBuilder remember(
            Response.ResponseBuilder answer, Visitor visitor, @Nullable String typed) {
        var name = visitor.name();
        if (visitor.proven() || name == null || typed == null || typed.isBlank()) {
            return answer;
        }
        boolean secure = "https".equals(request.getCurrent().request().scheme());
        return answer.cookie(Cookies.name(name, frames.root(), secure));
    }
}
