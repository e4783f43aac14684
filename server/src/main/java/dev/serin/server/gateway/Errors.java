package dev.serin.server.gateway;

import dev.serin.server.problem.OpenAiError;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/// Answers with errors as OpenAI's clients read them.
final class Errors {

    private static final String JSON = "application/json";

    private Errors() {}

    static void answer(HttpServerResponse response, int status, OpenAiError error) {
        if (!response.ended() && !response.closed()) {
            var _ =
                    response.setStatusCode(status)
                            .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                            .end(error.json());
        }
    }
}
