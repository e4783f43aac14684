package dev.serin.server.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Puts the messages of a chat completion into those of Anthropic: what a system says stands apart
/// there, and what a tool answered is said by the user.
final class ChatTurns {

    private final ArrayNode system = Json.array();
    private final ArrayNode messages = Json.array();

    /// What tools answered just now; null once somebody else has spoken.
    private @Nullable ArrayNode results;

    private ChatTurns() {}

    static void put(Fields chat, ObjectNode out) throws Untranslatable {
        var turns = new ChatTurns();
        var all = chat.objects("messages");
        if (all.isEmpty()) {
            throw chat.refuse("messages", "a list of at least one message belongs here");
        }
        for (var message : all) {
            turns.take(message);
        }
        if (turns.system.size() == 1) {
            out.set("system", turns.system.get(0).get("text"));
        } else if (!turns.system.isEmpty()) {
            out.set("system", turns.system);
        }
        out.set("messages", turns.messages);
    }

    private void take(Fields message) throws Untranslatable {
        var role = message.needed("role");
        switch (role) {
            case "system", "developer" -> system(message);
            case "user" -> {
                results = null;
                add("user", content(message));
            }
            case "assistant" -> {
                results = null;
                assistant(message);
            }
            case "tool" -> tool(message);
            default ->
                    throw message.refuse(
                            "role",
                            "system, developer, user, assistant or tool can be translated, got "
                                    + role);
        }
        message.end();
    }

    private void system(Fields message) throws Untranslatable {
        if (!messages.isEmpty()) {
            throw message.refuse(
                    "role", "Anthropic's models hear a system only before all other messages");
        }
        system.addAll(texts(message));
    }

    private void assistant(Fields message) throws Untranslatable {
        message.neutral("annotations", JsonNode::isEmpty, "only text can be translated");
        var blocks = texts(message);
        for (var call : message.objects("tool_calls")) {
            blocks.add(toolUse(call));
        }
        if (blocks.isEmpty()) {
            throw message.refuse("content", "Anthropic's models take no empty message");
        }
        add("assistant", blocks);
    }

    private static ObjectNode toolUse(Fields call) throws Untranslatable {
        var type = call.text("type");
        if (type != null && !type.equals("function")) {
            throw call.refuse("type", "only function can be translated, got " + type);
        }
        call.pass("index");
        var function = call.object("function");
        if (function == null) {
            throw call.refuse("function", "is missing");
        }
        var block =
                Json.object()
                        .put("type", "tool_use")
                        .put("id", call.needed("id"))
                        .put("name", function.needed("name"));
        block.set("input", input(function));
        function.end();
        call.end();
        return block;
    }

    private static JsonNode input(Fields function) throws Untranslatable {
        var text = function.text("arguments");
        if (text == null || text.isBlank()) {
            return Json.object();
        }
        try {
            var input = Json.read(text.getBytes(StandardCharsets.UTF_8));
            if (input.isObject()) {
                return input;
            }
        } catch (IOException _) {
            // told below
        }
        throw function.refuse("arguments", "Anthropic's models take one JSON object");
    }

    private void tool(Fields message) throws Untranslatable {
        var result =
                Json.object()
                        .put("type", "tool_result")
                        .put("tool_use_id", message.needed("tool_call_id"));
        var texts = texts(message);
        if (texts.size() == 1) {
            result.set("content", texts.get(0).get("text"));
        } else if (!texts.isEmpty()) {
            result.set("content", texts);
        }
        var before = results;
        if (before != null) {
            // All answers to one turn's tools belong into the one message that follows it.
            before.add(result);
            return;
        }
        results = Json.array().add(result);
        messages.add(Json.object().put("role", "user").<ObjectNode>set("content", results));
    }

    private ArrayNode content(Fields message) throws Untranslatable {
        var content = message.take("content");
        if (content == null || content.isTextual()) {
            return texts(message);
        }
        var blocks = Json.array();
        for (var part : message.objects("content")) {
            var type = part.needed("type");
            switch (type) {
                case "text" -> addText(blocks, part.needed("text"));
                case "image_url" -> blocks.add(ChatPictures.block(part));
                default ->
                        throw part.refuse(
                                "type", "only text and image_url can be translated, got " + type);
            }
            part.end();
        }
        return blocks;
    }

    private static ArrayNode texts(Fields message) throws Untranslatable {
        var blocks = Json.array();
        var content = message.take("content");
        if (content == null) {
            return blocks;
        }
        if (content.isTextual()) {
            addText(blocks, content.textValue());
            return blocks;
        }
        for (var part : message.objects("content")) {
            var type = part.needed("type");
            if (!type.equals("text")) {
                throw part.refuse("type", "only text can be translated here, got " + type);
            }
            addText(blocks, part.needed("text"));
            part.end();
        }
        return blocks;
    }

    /// Anthropic takes no empty text, which says nothing anyway.
    private static void addText(ArrayNode blocks, String text) {
        if (!text.isEmpty()) {
            blocks.add(Json.object().put("type", "text").put("text", text));
        }
    }

    private void add(String role, ArrayNode blocks) {
        boolean plain = blocks.size() == 1 && blocks.get(0).has("text");
        messages.add(
                Json.object()
                        .put("role", role)
                        .<ObjectNode>set("content", plain ? blocks.get(0).get("text") : blocks));
    }
}
