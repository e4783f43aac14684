package dev.serin.server.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Puts a question of Anthropic's messages into a chat completion.
final class MessagesQuestion {

    private static final int MOST_STOPS = 4;

    private final Fields question;
    private final ObjectNode out = Json.object();

    private MessagesQuestion(Fields question) {
        this.question = question;
    }

    /// @param model as its provider calls it
    /// @param tellsUsage whether the provider may be asked for the tokens of a stream
    static ObjectNode toChat(JsonNode messages, String model, boolean tellsUsage)
            throws Untranslatable {
        return new MessagesQuestion(Fields.of(messages, "")).put(model, tellsUsage);
    }

    private ObjectNode put(String model, boolean tellsUsage) throws Untranslatable {
        question.pass("model");
        out.put("model", model);
        mostTokens();
        MessageTurns.put(question, out);
        if (question.flag("stream")) {
            out.put("stream", true);
            if (tellsUsage) {
                out.putObject("stream_options").put("include_usage", true);
            }
        }
        copy("temperature");
        copy("top_p");
        stops();
        user();
        MessageTools.put(question, out);
        question.neutral(
                "thinking",
                it -> "disabled".equals(Json.text(it, "type")),
                "only disabled can be translated");
        question.neutral(
                "service_tier", it -> it.asText().equals("auto"), "only auto can be translated");
        question.end();
        return out;
    }

    private void mostTokens() throws Untranslatable {
        var most = question.take("max_tokens");
        if (most == null || !most.isIntegralNumber() || most.longValue() < 1) {
            throw question.refuse("max_tokens", "a whole number of 1 or more belongs here");
        }
        out.set("max_completion_tokens", most);
    }

    private void copy(String name) throws Untranslatable {
        var number = question.take(name);
        if (number == null) {
            return;
        }
        if (!number.isNumber()) {
            throw question.refuse(name, "a number belongs here");
        }
        out.set(name, number);
    }

    private void stops() throws Untranslatable {
        var stops = question.take("stop_sequences");
        if (stops == null || stops.isEmpty()) {
            return;
        }
        if (!stops.isArray() || stops.size() > MOST_STOPS) {
            throw question.refuse(
                    "stop_sequences", "OpenAI's models take a list of at most " + MOST_STOPS);
        }
        out.set("stop", stops);
    }

    private void user() throws Untranslatable {
        var metadata = question.object("metadata");
        if (metadata == null) {
            return;
        }
        // Serin itself reads the caller's key from these.
        metadata.pass("conversation_id", "tenant");
        var user = metadata.text("user_id");
        if (user != null) {
            out.put("user", user);
        }
        metadata.end();
    }
}
