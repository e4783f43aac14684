package dev.serin.server.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serin.simulator.provider.ToolCall;
import org.jspecify.annotations.Nullable;

/// Which of the offered tools an answer calls: the one that must be, or else the first, until the
/// last message is a tool's own answer.
final class Tools {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Tools() {}

    /// Null if the answer is to be a text.
    static @Nullable ToolCall wanted(JsonNode body) {
        var choice = body.path("tool_choice");
        var messages = body.path("messages");
        boolean answered = messages.path(messages.size() - 1).path("role").asText().equals("tool");
        if (choice.asText().equals("none") || (answered && !choice.isObject())) {
            return null;
        }
        var named = choice.path("function").path("name").asText();
        for (var tool : body.path("tools")) {
            var function = tool.path("function");
            var name = function.path("name").asText();
            if (!name.isEmpty() && (named.isEmpty() || named.equals(name))) {
                return new ToolCall(name, arguments(function.path("parameters")).toString());
            }
        }
        return null;
    }

    /// The same of a message of Anthropic's API. Null if the answer is to be a text.
    static @Nullable ToolCall wantedByMessages(JsonNode body) {
        var choice = body.path("tool_choice");
        var kind = choice.path("type").asText("auto");
        var messages = body.path("messages");
        boolean answered = false;
        for (var block : messages.path(messages.size() - 1).path("content")) {
            answered |= block.path("type").asText().equals("tool_result");
        }
        if (kind.equals("none") || (answered && kind.equals("auto"))) {
            return null;
        }
        var named = choice.path("name").asText();
        for (var tool : body.path("tools")) {
            var name = tool.path("name").asText();
            if (!name.isEmpty() && (named.isEmpty() || named.equals(name))) {
                return new ToolCall(name, arguments(tool.path("input_schema")).toString());
            }
        }
        return null;
    }

    /// Something of the right kind for each argument that must be given.
    private static JsonNode arguments(JsonNode schema) {
        var arguments = NODES.objectNode();
        for (var required : schema.path("required")) {
            var name = required.asText();
            arguments.set(name, value(schema.path("properties").path(name)));
        }
        return arguments;
    }

    private static JsonNode value(JsonNode schema) {
        if (!schema.path("enum").isEmpty()) {
            return schema.path("enum").get(0);
        }
        return switch (schema.path("type").asText()) {
            case "integer", "number" -> NODES.numberNode(1);
            case "boolean" -> NODES.booleanNode(true);
            case "array" -> NODES.arrayNode();
            case "object" -> arguments(schema);
            default -> NODES.textNode("serin");
        };
    }
}
