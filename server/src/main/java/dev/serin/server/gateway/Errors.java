package dev.serin.server.gateway;

import dev.serin.server.problem.AnthropicError;
import dev.serin.server.problem.OpenAiError;
import dev.serin.server.provider.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/// Answers with errors as the clients of an API read them.
final class Errors {

    private static final String JSON = "application/json";

    private Errors() {}

    /// @param kind whose clients read it
    static void answer(HttpServerResponse response, Kind kind, int status, OpenAiError error) {
        if (!response.ended() && !response.closed()) {
            var _ =
                    response.setStatusCode(status)
                            .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                            .end(
                                    switch (kind) {
                                        case OPENAI -> error.json();
                                        case ANTHROPIC ->
                                                AnthropicError.of(status, error.message()).json();
                                    });
        }
    }

    /// An error within a stream of events.
    static Buffer event(Kind kind, int status, OpenAiError error) {
        return Buffer.buffer(
                switch (kind) {
                    case OPENAI -> "data: " + error.json() + "\n\n";
                    case ANTHROPIC ->
                            "event: error\ndata: "
                                    + AnthropicError.of(status, error.message()).json()
                                    + "\n\n";
                });
    }
}
