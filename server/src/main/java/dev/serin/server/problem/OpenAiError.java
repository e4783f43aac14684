package dev.serin.server.problem;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// An error as OpenAI's clients read it. All four fields are always there.
///
/// @param message what is wrong and what to do, in a sentence
/// @param type such as `invalid_request_error`
/// @param param the field that is wrong; null if it is none
/// @param code such as `model_not_found`; null if there is none
public record OpenAiError(
        String message, String type, @Nullable String param, @Nullable String code) {

    /// The caller's fault.
    public static OpenAiError invalid(String message, @Nullable String param, String code) {
        return new OpenAiError(message, "invalid_request_error", param, code);
    }

    /// A fault of the server or of whom it asks.
    public static OpenAiError server(String message, String code) {
        return new OpenAiError(message, "server_error", null, code);
    }

    /// The same as JSON.
    public String json() {
        return new JsonObject()
                .put(
                        "error",
                        new JsonObject()
                                .put("message", message)
                                .put("type", type)
                                .put("param", param)
                                .put("code", code))
                .encode();
    }
}
