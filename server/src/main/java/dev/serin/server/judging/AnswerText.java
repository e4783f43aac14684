package dev.serin.server.judging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.server.provider.Kind;
import java.io.IOException;

/// The text of an answer, with the tools that it calls.
final class AnswerText {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "data:";

    private AnswerText() {}

    static String whole(Kind kind, JsonNode answer) {
        var text = new StringBuilder();
        switch (kind) {
            case OPENAI -> {
                var message = answer.path("choices").path(0).path("message");
                text.append(message.path("content").asText(""));
                for (var call : message.path("tool_calls")) {
                    var function = call.path("function");
                    tool(text, function.path("name").asText());
                    text.append(function.path("arguments").asText());
                }
            }
            case ANTHROPIC -> {
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
    static String streamed(Kind kind, String events) throws IOException {
        var text = new StringBuilder();
        for (var line : events.split("\\R", -1)) {
            var data = line.startsWith(DATA) ? line.substring(DATA.length()).strip() : "";
            if (data.startsWith("{")) {
                var event = JSON.readTree(data);
                switch (kind) {
                    case OPENAI -> ofChunk(text, event.path("choices").path(0).path("delta"));
                    case ANTHROPIC -> ofEvent(text, event);
                }
            }
        }
        return text.toString();
    }

    private static void ofChunk(StringBuilder text, JsonNode delta) {
        text.append(delta.path("content").asText(""));
        for (var call : delta.path("tool_calls")) {
            var function = call.path("function");
            if (function.hasNonNull("name")) {
                tool(text, function.path("name").asText());
            }
            text.append(function.path("arguments").asText(""));
        }
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
