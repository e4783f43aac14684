package dev.serin.server.problem;

import io.vertx.core.json.JsonObject;

/// An error as Anthropic's clients read it.
///
/// @param type such as `not_found_error`
/// @param message what is wrong and what to do, in a sentence
public record AnthropicError(String type, String message) {

    /// The error that goes with a status.
    ///
    /// @param status 400 or more
    public static AnthropicError of(int status, String message) {
        return new AnthropicError(type(status), message);
    }

    /// The same as JSON.
    public String json() {
        return new JsonObject()
                .put("type", "error")
                .put("error", new JsonObject().put("type", type).put("message", message))
                .encode();
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 504 -> "timeout_error";
            case 503, 529 -> "overloaded_error";
            default -> status >= 500 ? "api_error" : "invalid_request_error";
        };
    }
}
