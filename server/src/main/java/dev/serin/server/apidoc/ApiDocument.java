package dev.serin.server.apidoc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.Json;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Answers what the API is, in YAML or, to who asks for it, in JSON.
@ApplicationScoped
class ApiDocument {

    static final String ADDRESS = "/q/openapi";

    private static final String RESOURCE = "openapi.yaml";
    private static final String YAML = "application/yaml";
    private static final String JSON = "application/json";

    void register(@Observes Router router) {
        router.route(ADDRESS)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .blockingHandler(ApiDocument::answer, /* ordered= */ false);
    }

    private static void answer(RoutingContext context) {
        boolean json = asksForJson(context.request());
        var _ =
                context.response()
                        .putHeader(
                                HttpHeaders.CONTENT_TYPE, (json ? JSON : YAML) + ";charset=UTF-8")
                        .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                        .end(json ? json(yaml()) : yaml());
    }

    private static boolean asksForJson(HttpServerRequest request) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return (accept != null && accept.contains(JSON))
                || "json".equalsIgnoreCase(request.getParam("format"));
    }

    /// The description as the repository has it.
    static String yaml() {
        try (var text = ApiDocument.class.getResourceAsStream(RESOURCE)) {
            return new String(Objects.requireNonNull(text, RESOURCE).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String json(String yaml) {
        return Json.encode(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }
}
