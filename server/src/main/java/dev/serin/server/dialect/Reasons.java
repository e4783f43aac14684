package dev.serin.server.dialect;

import org.jspecify.annotations.Nullable;

/// Why an answer ends, in either API's word.
final class Reasons {

    private Reasons() {}

    static String ofChat(@Nullable String stopReason) {
        return switch (stopReason) {
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> "tool_calls";
            case "refusal" -> "content_filter";
            case null, default -> "stop";
        };
    }

    static String ofMessage(@Nullable String finishReason) {
        return switch (finishReason) {
            case "length" -> "max_tokens";
            case "tool_calls", "function_call" -> "tool_use";
            case "content_filter" -> "refusal";
            case null, default -> "end_turn";
        };
    }
}
