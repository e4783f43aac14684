package dev.serin.server.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// Puts Anthropic's messages into those of a chat: the system is the first of them there, and each
/// answer of a tool one of its own.
final class MessageTurns {

    /// OpenAI's models have no other way to hear that a tool failed.
    private static final String FAILED = "Error: ";

    private final ArrayNode messages = Json.array();

    private MessageTurns() {}

    static void put(Fields question, ObjectNode out) throws Untranslatable {
        var turns = new MessageTurns();
        turns.system(question);
        var all = question.objects("messages");
        if (all.isEmpty()) {
            throw question.refuse("messages", "a list of at least one message belongs here");
        }
        for (var message : all) {
            turns.take(message);
        }
        out.set("messages", turns.messages);
    }

    private void system(Fields question) throws Untranslatable {
        var texts = texts(question, "system");
        if (!texts.isEmpty()) {
            add("system", parts(texts));
        }
    }

    private void take(Fields message) throws Untranslatable {
        var role = message.needed("role");
        switch (role) {
            case "user" -> user(message);
            case "assistant" -> assistant(message);
            default ->
                    throw message.refuse(
                            "role", "user or assistant can be translated, got " + role);
        }
        message.end();
    }

    private void user(Fields message) throws Untranslatable {
        var content = message.take("content");
        if (content != null && content.isTextual()) {
            add("user", content);
            return;
        }
        if (content == null) {
            throw message.refuse("content", "is missing");
        }
        var parts = Json.array();
        for (var block : message.objects("content")) {
            var type = block.needed("type");
            block.pass("cache_control");
            switch (type) {
                case "text" -> parts.add(part(text(block)));
                case "image" -> parts.add(MessagePictures.part(block));
                case "tool_result" -> {
                    said(parts);
                    parts = Json.array();
                    messages.add(result(block));
                }
                default ->
                        throw block.refuse(
                                "type",
                                "only text, image and tool_result can be translated, got " + type);
            }
            block.end();
        }
        said(parts);
    }

    private void said(ArrayNode parts) {
        if (!parts.isEmpty()) {
            boolean plain = parts.size() == 1 && parts.get(0).has("text");
            add("user", plain ? parts.get(0).get("text") : parts);
        }
    }

    private static ObjectNode result(Fields block) throws Untranslatable {
        var texts = texts(block, "content");
        if (block.flag("is_error")) {
            texts.set(0, FAILED + texts.getFirst());
        }
        return Json.object()
                .put("role", "tool")
                .put("tool_call_id", block.needed("tool_use_id"))
                .<ObjectNode>set("content", parts(texts));
    }

    private void assistant(Fields message) throws Untranslatable {
        var said = Json.object().put("role", "assistant");
        var content = message.take("content");
        if (content != null && content.isTextual()) {
            said.set("content", content);
            messages.add(said);
            return;
        }
        var texts = new ArrayList<String>();
        var calls = Json.array();
        for (var block : message.objects("content")) {
            var type = block.needed("type");
            block.pass("cache_control");
            switch (type) {
                case "text" -> texts.add(text(block));
                case "tool_use" -> calls.add(call(block));
                default ->
                        throw block.refuse(
                                "type", "only text and tool_use can be translated, got " + type);
            }
            block.end();
        }
        said.set("content", texts.isEmpty() ? null : parts(texts));
        if (!calls.isEmpty()) {
            said.set("tool_calls", calls);
        }
        messages.add(said);
    }

    private static ObjectNode call(Fields block) throws Untranslatable {
        block.neutral(
                "caller",
                it -> "direct".equals(Json.text(it, "type")),
                "only direct can be translated");
        var input = block.take("input");
        var call = Json.object().put("id", block.needed("id")).put("type", "function");
        call.putObject("function")
                .put("name", block.needed("name"))
                .put("arguments", input == null ? "{}" : Json.write(input));
        return call;
    }

    /// The texts of a field that is one, or a list of them; one empty text if it says nothing.
    private static List<String> texts(Fields from, String name) throws Untranslatable {
        var content = from.take(name);
        var texts = new ArrayList<String>();
        if (content != null && content.isTextual()) {
            texts.add(content.textValue());
        } else {
            for (var block : from.objects(name)) {
                var type = block.needed("type");
                if (!type.equals("text")) {
                    throw block.refuse("type", "only text can be translated here, got " + type);
                }
                block.pass("cache_control");
                texts.add(text(block));
                block.end();
            }
        }
        if (texts.isEmpty() && !name.equals("system")) {
            texts.add("");
        }
        return texts;
    }

    private static String text(Fields block) throws Untranslatable {
        block.neutral("citations", JsonNode::isEmpty, "only text can be translated");
        return block.needed("text");
    }

    private static JsonNode parts(List<String> texts) {
        if (texts.size() == 1) {
            return part(texts.getFirst()).get("text");
        }
        var parts = Json.array();
        texts.forEach(text -> parts.add(part(text)));
        return parts;
    }

    private static ObjectNode part(String text) {
        return Json.object().put("type", "text").put("text", text);
    }

    private void add(String role, JsonNode content) {
        messages.add(Json.object().put("role", role).<ObjectNode>set("content", content));
    }
}
