package dev.serin.server.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Puts Anthropic's tools, and which of them is to be called, into the words of a chat completion.
final class MessageTools {

    private MessageTools() {}

    static void put(Fields question, ObjectNode out) throws Untranslatable {
        var tools = Json.array();
        for (var tool : question.objects("tools")) {
            tools.add(tool(tool));
        }
        if (!tools.isEmpty()) {
            out.set("tools", tools);
        }
        var choice = question.object("tool_choice");
        if (choice == null) {
            return;
        }
        var type = choice.needed("type");
        switch (type) {
            case "auto", "none" -> out.put("tool_choice", type);
            case "any" -> out.put("tool_choice", "required");
            case "tool" -> {
                var named = out.putObject("tool_choice").put("type", "function");
                named.putObject("function").put("name", choice.needed("name"));
            }
            default ->
                    throw choice.refuse(
                            "type", "auto, any, tool or none can be translated, got " + type);
        }
        if (choice.flag("disable_parallel_tool_use")) {
            out.put("parallel_tool_calls", false);
        }
        choice.end();
    }

    private static ObjectNode tool(Fields tool) throws Untranslatable {
        var type = tool.text("type");
        if (type != null && !type.equals("custom")) {
            throw tool.refuse(
                    "type", "only tools of the caller's own can be translated, got " + type);
        }
        tool.pass("cache_control");
        var out = Json.object().put("type", "function");
        var function = out.putObject("function").put("name", tool.needed("name"));
        var description = tool.text("description");
        if (description != null) {
            function.put("description", description);
        }
        var schema = tool.take("input_schema");
        if (schema == null) {
            throw tool.refuse("input_schema", "is missing");
        }
        function.set("parameters", schema);
        tool.neutral(
                "strict",
                it -> it.isBoolean() && !it.booleanValue(),
                "only false can be translated");
        tool.end();
        return out;
    }
}
