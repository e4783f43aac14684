package dev.serin.server.gateway;

import dev.serin.server.provider.Kind;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;

/// Routes as a client lists models: by whose API it speaks.
final class ModelList {

    /// Nobody knows when a route was made known to clients.
    private static final String LONG_AGO = "1970-01-01T00:00:00Z";

    private ModelList() {}

    /// Whose API a client speaks at an address that both have.
    static Kind kind(HttpServerRequest request) {
        return request.headers().contains(Kind.ANTHROPIC_VERSION) ? Kind.ANTHROPIC : Kind.OPENAI;
    }

    static JsonObject all(Kind kind, Collection<String> routes) {
        var data = new JsonArray();
        routes.forEach(name -> data.add(one(kind, name)));
        var list = new JsonObject().put("data", data);
        return switch (kind) {
            case OPENAI -> list.put("object", "list");
            case ANTHROPIC ->
                    list.put("has_more", false)
                            .put("first_id", routes.stream().findFirst().orElse(null))
                            .put("last_id", routes.stream().reduce((_, last) -> last).orElse(null));
        };
    }

    static JsonObject one(Kind kind, String route) {
        return switch (kind) {
            case OPENAI ->
                    new JsonObject()
                            .put("id", route)
                            .put("object", "model")
                            .put("created", 0)
                            .put("owned_by", "serin");
            case ANTHROPIC ->
                    new JsonObject()
                            .put("type", "model")
                            .put("id", route)
                            .put("display_name", route)
                            .put("created_at", LONG_AGO);
        };
    }
}
