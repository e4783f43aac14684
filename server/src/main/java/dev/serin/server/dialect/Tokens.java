package dev.serin.server.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The tokens of an answer as either API counts them: what was kept is part of OpenAI's prompt, and
/// stands beside Anthropic's input.
///
/// @param in of the question, all of them
/// @param cached those of `in` that the provider had kept
/// @param out of the answer
record Tokens(long in, long cached, long out) {

    static final Tokens NONE = new Tokens(0, 0, 0);

    static Tokens ofChat(JsonNode usage) {
        return new Tokens(
                usage.path("prompt_tokens").asLong(),
                usage.path("prompt_tokens_details").path("cached_tokens").asLong(),
                usage.path("completion_tokens").asLong());
    }

    /// What a message's usage says; what it leaves out stays as it was.
    Tokens message(JsonNode usage) {
        long kept = usage.path("cache_read_input_tokens").asLong(cached);
        boolean tellsIn = usage.path("input_tokens").isNumber();
        return new Tokens(
                tellsIn
                        ? usage.path("input_tokens").asLong()
                                + kept
                                + usage.path("cache_creation_input_tokens").asLong()
                        : in,
                kept,
                usage.path("output_tokens").asLong(out));
    }

    ObjectNode chat() {
        var usage =
                Json.object()
                        .put("prompt_tokens", in)
                        .put("completion_tokens", out)
                        .put("total_tokens", in + out);
        usage.putObject("prompt_tokens_details").put("cached_tokens", cached);
        return usage;
    }

    ObjectNode message() {
        return Json.object()
                .put("input_tokens", Math.max(0, in - cached))
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", cached)
                .put("output_tokens", out);
    }
}
