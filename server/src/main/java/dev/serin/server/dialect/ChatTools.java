package dev.serin.server.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// Puts the tools of a chat completion, and which of them is to be called, into Anthropic's words.
final class ChatTools {

    private ChatTools() {}

    static void put(Fields chat, ObjectNode out) throws Untranslatable {
        var tools = Json.array();
        for (var tool : chat.objects("tools")) {
            tools.add(tool(tool));
        }
        if (!tools.isEmpty()) {
            out.set("tools", tools);
        }
        var choice = choice(chat, chat.take("tool_choice"));
        var parallel = chat.take("parallel_tool_calls");
        if (parallel != null && parallel.isBoolean() && !parallel.booleanValue()) {
            choice = choice == null ? Json.object().put("type", "auto") : choice;
            if (!"none".equals(Json.text(choice, "type"))) {
                choice.put("disable_parallel_tool_use", true);
            }
        }
        if (choice != null && (!tools.isEmpty() || isForced(choice))) {
            out.set("tool_choice", choice);
        }
    }

    /// Without tools, only such a choice says something; the provider refuses it.
    private static boolean isForced(ObjectNode choice) {
        var type = Json.text(choice, "type");
        return "any".equals(type) || "tool".equals(type);
    }

    private static ObjectNode tool(Fields tool) throws Untranslatable {
        var type = tool.text("type");
        if (type != null && !type.equals("function")) {
            throw tool.refuse("type", "only function can be translated, got " + type);
        }
        var function = tool.object("function");
        if (function == null) {
            throw tool.refuse("function", "is missing");
        }
        var out = Json.object().put("name", function.needed("name"));
        var description = function.text("description");
        if (description != null) {
            out.put("description", description);
        }
        var schema = function.take("parameters");
        if (schema == null) {
            schema = Json.object().put("type", "object");
            ((ObjectNode) schema).putObject("properties");
        }
        out.set("input_schema", schema);
        function.neutral(
                "strict",
                it -> it.isBoolean() && !it.booleanValue(),
                "only false can be translated");
        function.end();
        tool.end();
        return out;
    }

    private static @Nullable ObjectNode choice(Fields chat, @Nullable JsonNode choice)
            throws Untranslatable {
        if (choice == null) {
            return null;
        }
        if (choice.isTextual()) {
            return Json.object()
                    .put(
                            "type",
                            switch (choice.textValue()) {
                                case "auto" -> "auto";
                                case "none" -> "none";
                                case "required" -> "any";
                                default ->
                                        throw chat.refuse(
                                                "tool_choice",
                                                "auto, none, required or a function can be translated, got "
                                                        + choice);
                            });
        }
        var named = Fields.of(choice, chat.at("tool_choice"));
        var type = named.needed("type");
        var function = named.object("function");
        if (!type.equals("function") || function == null) {
            throw named.refuse("type", "only function can be translated, got " + type);
        }
        var name = function.needed("name");
        function.end();
        named.end();
        return Json.object().put("type", "tool").put("name", name);
    }
}
