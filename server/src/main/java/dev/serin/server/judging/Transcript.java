package dev.serin.server.judging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.server.provider.Kind;
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
                        ? AnswerText.streamed(sample.kind(), sample.answer().toString())
                        : AnswerText.whole(
                                sample.kind(), JSON.readTree(sample.answer().getBytes()));
        return answer.isBlank()
                ? Optional.empty()
                : Optional.of(new Transcript(conversation(sample.kind(), question), answer));
    }

    /// As the judge is told it.
    String json() {
        ObjectNode told = JSON.createObjectNode();
        told.set("conversation", conversation);
        return told.put("answer", answer).toString();
    }

    private static ArrayNode conversation(Kind kind, JsonNode question) {
        var all = JSON.createArrayNode();
        switch (kind) {
            case ANTHROPIC -> add(all, "system", question.path("system"));
            case OPENAI -> {}
        }
        for (var message : question.path("messages")) {
            add(all, message.path("role").asText(), message.path("content"));
        }
        return all;
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
