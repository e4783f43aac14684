package dev.serin.server.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Puts the question of a chat completion into messages.
final class ChatQuestion {

    /// Anthropic wants to be told how long an answer may be; a chat may leave that open.
    static final int USUAL_TOKENS = 4096;

    private final Fields chat;
    private final ObjectNode out = Json.object();

    private ChatQuestion(Fields chat) {
        this.chat = chat;
    }

    /// @param model as its provider calls it
    static ObjectNode toMessages(JsonNode chat, String model) throws Untranslatable {
        return new ChatQuestion(Fields.of(chat, "")).put(model);
    }

    private ObjectNode put(String model) throws Untranslatable {
        chat.pass("model");
        out.put("model", model);
        out.put("max_tokens", mostTokens());
        ChatTurns.put(chat, out);
        stream();
        upToOne("temperature");
        upToOne("top_p");
        stop();
        user();
        ChatTools.put(chat, out);
        changeNothing();
        chat.end();
        return out;
    }

    private int mostTokens() throws Untranslatable {
        var name =
                chat.take("max_completion_tokens") == null ? "max_tokens" : "max_completion_tokens";
        chat.pass("max_tokens");
        var most = chat.take(name);
        if (most == null) {
            return USUAL_TOKENS;
        }
        if (!most.isIntegralNumber() || !most.canConvertToInt() || most.intValue() < 1) {
            throw chat.refuse(name, "a whole number of 1 or more belongs here");
        }
        return most.intValue();
    }

    private void stream() throws Untranslatable {
        if (chat.flag("stream")) {
            out.put("stream", true);
        }
        var options = chat.object("stream_options");
        if (options != null) {
            options.flag("include_usage");
            options.neutral(
                    "include_obfuscation",
                    it -> it.isBoolean() && !it.booleanValue(),
                    "Anthropic's API has no word for this");
            options.end();
        }
    }

    /// Anthropic's numbers end at 1 where OpenAI's may go on to 2.
    private void upToOne(String name) throws Untranslatable {
        var number = chat.take(name);
        if (number == null) {
            return;
        }
        if (!number.isNumber() || !(number.doubleValue() >= 0 && number.doubleValue() <= 1)) {
            throw chat.refuse(name, "Anthropic's models take 0 to 1, got " + number);
        }
        out.set(name, number);
    }

    private void stop() throws Untranslatable {
        var stop = chat.take("stop");
        if (stop == null) {
            return;
        }
        if (!stop.isTextual() && !stop.isArray()) {
            throw chat.refuse("stop", "a text or a list of texts belongs here");
        }
        out.set("stop_sequences", stop.isTextual() ? Json.array().add(stop) : stop);
    }

    private void user() throws Untranslatable {
        var user = chat.text("user");
        var identifier = chat.text("safety_identifier");
        var named = user == null ? identifier : user;
        if (named != null) {
            out.putObject("metadata").put("user_id", named);
        }
    }

    /// What says no more than what is so anyway.
    private void changeNothing() throws Untranslatable {
        // Names of what is stored, and nothing is; Serin itself reads the caller's key from it.
        chat.pass("metadata");
        chat.neutral("store", ChatQuestion::isFalse, "Anthropic stores no completions");
        chat.neutral(
                "n", it -> it.asInt() == 1, "Anthropic's models give one answer, got n above 1");
        chat.neutral("logprobs", ChatQuestion::isFalse, "Anthropic's models tell none");
        chat.neutral("top_logprobs", ChatQuestion::isZero, "Anthropic's models tell none");
        chat.neutral("frequency_penalty", ChatQuestion::isZero, "Anthropic's models know none");
        chat.neutral("presence_penalty", ChatQuestion::isZero, "Anthropic's models know none");
        chat.neutral("logit_bias", JsonNode::isEmpty, "Anthropic's models know none");
        chat.neutral(
                "response_format",
                it -> "text".equals(Json.text(it, "type")),
                "only text can be translated");
        chat.neutral(
                "modalities",
                it -> it.size() == 1 && it.path(0).asText().equals("text"),
                "only text can be translated");
        chat.neutral(
                "service_tier",
                it -> it.asText().equals("auto") || it.asText().equals("default"),
                "only auto and default can be translated");
    }

    private static boolean isFalse(JsonNode node) {
        return node.isBoolean() && !node.booleanValue();
    }

    private static boolean isZero(JsonNode node) {
        return node.isNumber() && node.doubleValue() == 0;
    }
}
