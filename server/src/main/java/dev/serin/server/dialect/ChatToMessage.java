package dev.serin.server.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts the answer of a chat completion into one of Anthropic's.
final class ChatToMessage implements Translation {

    private static final int NOTHING = -1;

    private boolean begun;
    private boolean ended;
    private @Nullable String finish;
    private Tokens tokens = Tokens.NONE;

    /// The number of the block that is open, or was last.
    private int block = NOTHING;

    private boolean open;

    /// Which of the called tools the open block is of; nothing for a text.
    private int tool = NOTHING;

    /// The ids of the tools' calls that have begun.
    private final Set<String> calls = new HashSet<>();

    @Override
    public byte[] whole(byte[] answer) throws Unreadable {
        var told = Json.object(answer);
        var choice = told.path("choices").path(0);
        var message = choice.path("message");
        if (!message.isObject()) {
            throw new Unreadable("a chat completion belongs here");
        }
        var content = Json.array();
        addText(content, Json.text(message, "content"));
        addText(content, Json.text(message, "refusal"));
        for (var call : message.path("tool_calls")) {
            content.add(toolUse(call, input(call)));
        }
        var out = head(told);
        out.set("content", content);
        out.put("stop_reason", reason(message, Json.text(choice, "finish_reason")))
                .putNull("stop_sequence");
        out.set("usage", Tokens.ofChat(told.path("usage")).message());
        return Json.bytes(out);
    }

    @Override
    public String event(String data) throws Unreadable {
        var chunk = Json.object(data.getBytes(UTF_8));
        if (chunk.path("error").isObject()) {
            return error(chunk.path("error"));
        }
        var out = new StringBuilder();
        if (!begun) {
            begun = true;
            out.append(start(chunk));
        }
        if (chunk.path("usage").isObject()) {
            tokens = Tokens.ofChat(chunk.path("usage"));
        }
        var choice = chunk.path("choices").path(0);
        var delta = choice.path("delta");
        text(out, Json.text(delta, "content"));
        text(out, Json.text(delta, "refusal"));
        for (var call : delta.path("tool_calls")) {
            call(out, call);
        }
        var told = Json.text(choice, "finish_reason");
        finish = told == null ? finish : told;
        return out.toString();
    }

    @Override
    public String end() {
        if (ended || !begun) {
            return "";
        }
        ended = true;
        var out = new StringBuilder();
        close(out);
        var delta = Json.object();
        delta.putObject("delta")
                .put("stop_reason", Reasons.ofMessage(finish))
                .putNull("stop_sequence");
        delta.set("usage", tokens.message());
        out.append(named("message_delta", delta));
        return out.append(named("message_stop", Json.object())).toString();
    }

    private static String start(JsonNode chunk) {
        var message = head(chunk);
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        message.set("usage", Tokens.NONE.message());
        var start = Json.object();
        start.set("message", message);
        return named("message_start", start);
    }

    private void text(StringBuilder out, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return;
        }
        if (!open || tool != NOTHING) {
            open(out, NOTHING, Json.object().put("type", "text").put("text", ""));
        }
        delta(out, Json.object().put("type", "text_delta").put("text", text));
    }

    private void call(StringBuilder out, JsonNode call) throws Unreadable {
        int number = call.path("index").asInt();
        var id = Json.text(call, "id");
        // Some servers number all calls alike. A new one has a name; an id alone may be told again.
        boolean isFirst = id != null && !id.isEmpty() && calls.add(id);
        boolean isNew = isFirst && Json.text(call.path("function"), "name") != null;
        if (isNew || (id != null && (!open || number != tool))) {
            if (number < tool && !isNew) {
                throw new Unreadable("a tool's call goes on that has ended");
            }
            open(out, number, toolUse(call, Json.object()));
        } else if (number != tool) {
            throw new Unreadable("a tool's call goes on that has not begun, or has ended");
        }
        var more = Json.text(call.path("function"), "arguments");
        if (more != null && !more.isEmpty()) {
            delta(out, Json.object().put("type", "input_json_delta").put("partial_json", more));
        }
    }

    private void open(StringBuilder out, int number, ObjectNode content) {
        close(out);
        block++;
        open = true;
        tool = number;
        var event = Json.object().put("index", block);
        event.set("content_block", content);
        out.append(named("content_block_start", event));
    }

    private void close(StringBuilder out) {
        if (open) {
            open = false;
            out.append(named("content_block_stop", Json.object().put("index", block)));
        }
    }

    private void delta(StringBuilder out, ObjectNode delta) {
        var event = Json.object().put("index", block);
        event.set("delta", delta);
        out.append(named("content_block_delta", event));
    }

    private static String error(JsonNode error) {
        var told = error.path("code").asText() + error.path("type").asText();
        var event = Json.object();
        event.putObject("error")
                .put("type", told.contains("rate_limit") ? "rate_limit_error" : "api_error")
                .put("message", error.path("message").asText());
        return named("error", event);
    }

    private static String named(String type, ObjectNode fields) {
        var event = Json.object().put("type", type);
        event.setAll(fields);
        return "event: " + type + "\ndata: " + Json.write(event) + "\n\n";
    }

    private static ObjectNode head(JsonNode told) {
        return Json.object()
                .put("id", told.path("id").asText())
                .put("type", "message")
                .put("role", "assistant")
                .put("model", told.path("model").asText());
    }

    private static String reason(JsonNode message, @Nullable String finish) {
        return Json.text(message, "refusal") == null ? Reasons.ofMessage(finish) : "refusal";
    }

    private static void addText(ArrayNode content, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            content.add(Json.object().put("type", "text").put("text", text));
        }
    }

    private static ObjectNode toolUse(JsonNode call, JsonNode input) {
        return Json.object()
                .put("type", "tool_use")
                .put("id", call.path("id").asText())
                .put("name", call.path("function").path("name").asText())
                .<ObjectNode>set("input", input);
    }

    private static JsonNode input(JsonNode call) throws Unreadable {
        var text = call.path("function").path("arguments").asText();
        if (text.isBlank()) {
            return Json.object();
        }
        try {
            var input = Json.read(text.getBytes(UTF_8));
            if (input.isObject()) {
                return input;
            }
        } catch (IOException _) {
            // told below
        }
        throw new Unreadable("a tool's arguments are no JSON object");
    }
}
