package dev.serin.server.judging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/// What was said, by whom, and the answer: the texts alone.
///
/// @param conversation a list of `{"role", "text"}`
record Transcript(ArrayNode conversation, String answer) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Empty if the answer holds no text.
    ///
    /// @throws IOException if question or answer is no JSON
    static Optional<Transcript> of(Sample sample) throws IOException {
        var question = JSON.readTree(sample.question().getBytes());
        var answer =
                sample.streamed()
                        ? AnswerText.streamed(sample.wire(), sample.answer().toString())
                        : AnswerText.whole(
                                sample.wire(), JSON.readTree(sample.answer().getBytes()));
        return answer.isBlank()
                ? Optional.empty()
                : Optional.of(new Transcript(conversation(sample.wire(), question), answer));
    }

    /// As the judge is told it.
    String json() {
        ObjectNode told = JSON.createObjectNode();
        told.set("conversation", conversation);
        return told.put("answer", answer).toString();
    }

    private static ArrayNode conversation(Wire wire, JsonNode question) {
        var all = JSON.createArrayNode();
        switch (wire) {
            case CHAT -> messages(all, question.path("messages"));
            case MESSAGES -> {
                add(all, "system", question.path("system"));
                messages(all, question.path("messages"));
            }
            case RESPONSES -> {
                add(all, "system", question.path("instructions"));
                var input = question.path("input");
                if (input.isTextual()) {
                    add(all, "user", input);
                } else {
                    input.forEach(item -> item(all, item));
                }
            }
        }
        return all;
    }

    private static void messages(ArrayNode all, JsonNode messages) {
        for (var message : messages) {
            add(all, message.path("role").asText(), message.path("content"));
        }
    }

    /// An item of a response's input: a message, a call of a tool, or what the tool answered.
    private static void item(ArrayNode all, JsonNode item) {
        switch (item.path("type").asText("message")) {
            case "message" -> add(all, item.path("role").asText(), item.path("content"));
            case "function_call_output" -> add(all, "tool", item.path("output"));
            // Calls and thoughts of the model are its own; what came of them follows.
            default -> {}
        }
    }

    private static void add(ArrayNode all, String role, JsonNode content) {
        var text = new StringBuilder();
        if (content.isTextual()) {
            text.append(content.textValue());
        } else {
            for (var part : content) {
                // What a tool answered lies one level deeper in Anthropic's API.
                var inner = part.has("text") ? part.path("text") : part.path("content");
                text.append(text.isEmpty() ? "" : "\n");
                text.append(
                        inner.isTextual()
                                ? inner.textValue()
                                : "[" + part.path("type").asText("part") + "]");
            }
        }
        if (!text.isEmpty()) {
            all.addObject().put("role", role).put("text", text.toString());
        }
    }
}
