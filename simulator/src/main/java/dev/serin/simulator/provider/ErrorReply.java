package dev.serin.simulator.provider;

import dev.serin.simulator.profile.Failures;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An error as OpenAI's API writes it, or Anthropic's.
///
/// @param status of HTTP
/// @param headers beside those of every answer
/// @param message a sentence
/// @param type of the error, in the API's word
/// @param param the field that is wrong; null for none, and in Anthropic's API
/// @param code null for none, and in Anthropic's API
/// @param isAnthropics whose it is
public record ErrorReply(
        int status,
        Map<String, String> headers,
        String message,
        String type,
        @Nullable String param,
        @Nullable String code,
        boolean isAnthropics) {

    /// The class of calls that are told to come again later.
    public static final String RATE_LIMITED = "429";

    /// The class of calls that would be refused again later too.
    public static final String QUOTA_USED_UP = "insufficient_quota";

    private static final String TIMEOUT = "timeout";
    private static final String INVALID = "invalid_request_error";
    private static final int RETRY_AFTER_SECONDS = 2;

    public ErrorReply {
        headers = Map.copyOf(headers);
    }

    /// The body.
    public String json() {
        return isAnthropics
                ? "{\"type\":\"error\",\"error\":{\"type\":%s,\"message\":%s}}"
                        .formatted(Json.text(type), Json.text(message))
                : "{\"error\":{\"message\":%s,\"type\":%s,\"param\":%s,\"code\":%s}}"
                        .formatted(
                                Json.text(message), Json.text(type), orNull(param), orNull(code));
    }

    /// The same error as Anthropic's API writes it.
    public ErrorReply asAnthropics() {
        if (QUOTA_USED_UP.equals(code)) {
            return anthropics(402, "Your credit balance is too low to access the API.");
        }
        if (Failures.CONTEXT_OVERFLOW.equals(code)) {
            return anthropics(400, "prompt is too long: it has more tokens than the model reads");
        }
        return anthropics(status, param == null ? message : param + ": " + message);
    }

    private ErrorReply anthropics(int anthropicStatus, String sentence) {
        var word =
                switch (anthropicStatus) {
                    case 401 -> "authentication_error";
                    case 402 -> "billing_error";
                    case 403 -> "permission_error";
                    case 404 -> "not_found_error";
                    case 413 -> "request_too_large";
                    case 429 -> "rate_limit_error";
                    case 504 -> "timeout_error";
                    case 529 -> "overloaded_error";
                    default -> anthropicStatus < 500 ? INVALID : "api_error";
                };
        return new ErrorReply(anthropicStatus, headers, sentence, word, null, null, true);
    }

    /// What a call of this class is answered with.
    ///
    /// @param errorClass as profiles name it; one that OpenAI's API has no words for becomes the
    ///     error's code
    /// @param model that was asked
    public static ErrorReply of(String errorClass, String model) {
        return switch (errorClass) {
            case RATE_LIMITED -> rateLimited(model);
            case QUOTA_USED_UP ->
                    of(
                            429,
                            "You exceeded your current quota, please check your plan and billing"
                                    + " details.",
                            QUOTA_USED_UP,
                            null,
                            QUOTA_USED_UP);
            case Failures.CONTEXT_OVERFLOW ->
                    of(
                            400,
                            "This model's maximum context length is exceeded. Please reduce the"
                                    + " length of the messages.",
                            INVALID,
                            "messages",
                            Failures.CONTEXT_OVERFLOW);
            case TIMEOUT ->
                    of(504, "The server took too long to answer.", "server_error", null, TIMEOUT);
            default -> other(errorClass);
        };
    }

    /// The request is not as it must be.
    ///
    /// @param param the field; null for all of it
    public static ErrorReply badRequest(String message, @Nullable String param) {
        return of(400, message, INVALID, param, null);
    }

    /// There is no such model here.
    ///
    /// @param known those that there are, in words
    public static ErrorReply noSuchModel(String name, String known) {
        return of(
                404,
                "The model `%s` does not exist here; there are %s.".formatted(name, known),
                INVALID,
                "model",
                "model_not_found");
    }

    /// An answer that a question goes on from is not known.
    public static ErrorReply noSuchResponse(String id) {
        return of(
                400,
                "Previous response with id '%s' not found.".formatted(id),
                INVALID,
                "previous_response_id",
                "previous_response_not_found");
    }

    /// There is nothing at this address, or not for this method.
    ///
    /// @param status 404 or 405
    public static ErrorReply noSuchAddress(int status, String method, String path) {
        return of(
                status,
                "Invalid URL (%s %s)".formatted(method, path),
                INVALID,
                null,
                status == 404 ? "unknown_url" : "method_not_supported");
    }

    /// The body is too long.
    public static ErrorReply tooLarge(int mostBytes) {
        return of(
                413,
                "A request has at most %d MB; send less.".formatted(mostBytes >> 20),
                INVALID,
                null,
                "request_too_large");
    }

    private static ErrorReply rateLimited(String model) {
        var body =
                of(
                        429,
                        "Rate limit reached for %s. Please try again in %ds."
                                .formatted(model, RETRY_AFTER_SECONDS),
                        "requests",
                        null,
                        "rate_limit_exceeded");
        var wait = RETRY_AFTER_SECONDS + "s";
        return new ErrorReply(
                429,
                Map.of(
                        "retry-after",
                        Integer.toString(RETRY_AFTER_SECONDS),
                        "x-ratelimit-limit-requests",
                        "60",
                        "x-ratelimit-remaining-requests",
                        "0",
                        "x-ratelimit-reset-requests",
                        wait),
                body.message(),
                body.type(),
                null,
                body.code(),
                false);
    }

    private static ErrorReply other(String errorClass) {
        int status = status(errorClass);
        if (status < 500) {
            return of(status, "The request was refused.", INVALID, null, code(errorClass));
        }
        return of(
                status,
                "The server had an error while processing your request.",
                "server_error",
                null,
                code(errorClass));
    }

    /// `502` is a status, and of `5xx` and `4xx` the first is taken.
    private static int status(String errorClass) {
        if (errorClass.matches("[45][0-9][0-9]")) {
            return Integer.parseInt(errorClass);
        }
        return errorClass.equals("4xx") ? 400 : 500;
    }

    private static @Nullable String code(String errorClass) {
        return errorClass.matches("[45](?:xx|[0-9][0-9])") ? null : errorClass;
    }

    private static ErrorReply of(
            int status,
            String message,
            String type,
            @Nullable String param,
            @Nullable String code) {
        return new ErrorReply(status, Map.of(), message, type, param, code, false);
    }

    private static String orNull(@Nullable String text) {
        return text == null ? "null" : Json.text(text);
    }
}
