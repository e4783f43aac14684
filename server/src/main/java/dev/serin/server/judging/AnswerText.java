package dev.serin.server.judging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.regex.Pattern;

/// The text of an answer, with the tools that it calls.
final class AnswerText {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "data:";

    /// Nothing else ends a line of a stream: JSON may hold signs that end one elsewhere.
    private static final Pattern LINE_END = Pattern.compile("\\r\\n|\\n|\\r");

    private AnswerText() {}

    static String whole(Wire wire, JsonNode answer) {
        var text = new StringBuilder();
        switch (wire) {
            case CHAT -> ofMessage(text, answer.path("choices").path(0).path("message"));
            case RESPONSES -> answer.path("output").forEach(item -> ofItem(text, item));
            case MESSAGES -> {
                for (var block : answer.path("content")) {
                    text.append(block.path("text").asText(""));
                    if (block.path("type").asText().equals("tool_use")) {
                        tool(text, block.path("name").asText());
                        text.append(block.path("input"));
                    }
                }
            }
        }
        return text.toString();
    }

    /// @param events the body of the stream
    static String streamed(Wire wire, String events) throws IOException {
        var text = new StringBuilder();
        for (var line : LINE_END.split(events, -1)) {
            var data = line.startsWith(DATA) ? line.substring(DATA.length()).strip() : "";
            if (data.startsWith("{")) {
                var event = JSON.readTree(data);
                switch (wire) {
                    case CHAT -> ofChunk(text, event);
                    // Its last event has all of it once more.
                    case RESPONSES ->
                            event.path("response")
                                    .path("output")
                                    .forEach(item -> ofItem(text, item));
                    case MESSAGES -> ofEvent(text, event);
                }
            }
        }
        return text.toString();
    }

    private static void ofItem(StringBuilder text, JsonNode item) {
        switch (item.path("type").asText()) {
            case "message" -> {
                for (var part : item.path("content")) {
                    text.append(part.path("text").asText(""));
                    text.append(part.path("refusal").asText(""));
                }
            }
            case "function_call" -> {
                tool(text, item.path("name").asText());
                text.append(item.path("arguments").asText(""));
            }
            // What it thought, searched or drew is no answer in words.
            default -> {}
        }
    }

    private static void ofChunk(StringBuilder text, JsonNode chunk) {
        for (var choice : chunk.path("choices")) {
            // As of a whole answer, the first is read of several.
            if (choice.path("index").asInt() == 0) {
                ofMessage(text, choice.path("delta"));
            }
        }
    }

    /// @param message a whole one, or a piece of one: then a function's name comes first and its
    ///     arguments follow
    private static void ofMessage(StringBuilder text, JsonNode message) {
        text.append(message.path("content").asText(""));
        text.append(message.path("refusal").asText(""));
        // Before there were tools there was one function.
        ofFunction(text, message.path("function_call"));
        message.path("tool_calls").forEach(call -> ofFunction(text, call.path("function")));
    }

    private static void ofFunction(StringBuilder text, JsonNode function) {
        if (function.hasNonNull("name")) {
            tool(text, function.path("name").asText());
        }
        text.append(function.path("arguments").asText(""));
    }

    private static void ofEvent(StringBuilder text, JsonNode event) {
        var block = event.path("content_block");
        if (block.path("type").asText().equals("tool_use")) {
            tool(text, block.path("name").asText());
        }
        var delta = event.path("delta");
        text.append(delta.path("text").asText(""));
        text.append(delta.path("partial_json").asText(""));
    }

    private static void tool(StringBuilder text, String name) {
        text.append(text.isEmpty() ? "" : "\n").append("calls ").append(name).append(": ");
    }
}
