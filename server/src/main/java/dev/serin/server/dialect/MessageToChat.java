package dev.serin.server.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts one of Anthropic's answers into that of a chat completion.
///
/// What a model thought before it answered has no place there.
final class MessageToChat implements Translation {

    private static final String DONE = "data: [DONE]\n\n";

    private final long created;
    private final boolean wantsUsage;

    private String id = "";
    private String model = "";
    private Tokens tokens = Tokens.NONE;
    private boolean ended;

    /// The tools that are called, by the number of their block.
    private final Map<Integer, Call> calls = new HashMap<>();

    private static final class Call {

        private final int number;
        private boolean hasArguments;

        Call(int number) {
            this.number = number;
        }
    }

    /// @param created when the answer was asked for, in seconds since 1970
    /// @param wantsUsage whether the client wants to be told the tokens of a stream
    MessageToChat(long created, boolean wantsUsage) {
        this.created = created;
        this.wantsUsage = wantsUsage;
    }

    @Override
    public byte[] whole(byte[] answer) throws Unreadable {
        var told = Json.object(answer);
        if (!"message".equals(Json.text(told, "type")) || !told.path("content").isArray()) {
            throw new Unreadable("a message belongs here");
        }
        begin(told);
        var text = new StringBuilder();
        var tools = Json.array();
        boolean said = false;
        for (var block : told.path("content")) {
            switch (block.path("type").asText()) {
                case "text" -> {
                    said = true;
                    text.append(block.path("text").asText());
                }
                case "tool_use" -> tools.add(called(block, Json.write(block.path("input"))));
                default -> {}
            }
        }
        var message = Json.object().put("role", "assistant");
        message.put("content", said ? text.toString() : null).putNull("refusal");
        if (!tools.isEmpty()) {
            message.set("tool_calls", tools);
        }
        var choice = Json.object().put("index", 0);
        choice.set("message", message);
        choice.putNull("logprobs")
                .put("finish_reason", Reasons.ofChat(Json.text(told, "stop_reason")));
        var out = head("chat.completion");
        out.putArray("choices").add(choice);
        out.set("usage", tokens.chat());
        return Json.bytes(out);
    }

    @Override
    public String event(String data) throws Unreadable {
        var event = Json.object(data.getBytes(UTF_8));
        return switch (event.path("type").asText()) {
            case "message_start" -> {
                begin(event.path("message"));
                yield chunk(Json.object().put("role", "assistant").put("content", ""), null);
            }
            case "content_block_start" -> starts(event);
            case "content_block_delta" -> goesOn(event);
            case "content_block_stop" -> stops(event);
            case "message_delta" -> {
                tokens = tokens.message(event.path("usage"));
                var reason = Json.text(event.path("delta"), "stop_reason");
                yield reason == null ? "" : chunk(Json.object(), Reasons.ofChat(reason));
            }
            case "message_stop" -> end();
            case "error" -> error(event.path("error"));
            // A comment keeps the connection alive as well.
            case "ping" -> ": ping\n\n";
            default -> "";
        };
    }

    @Override
    public String end() {
        if (ended) {
            return "";
        }
        ended = true;
        if (!wantsUsage) {
            return DONE;
        }
        var out = head("chat.completion.chunk");
        out.putArray("choices");
        out.set("usage", tokens.chat());
        return "data: " + Json.write(out) + "\n\n" + DONE;
    }

    private void begin(JsonNode message) {
        id = message.path("id").asText();
        model = message.path("model").asText();
        tokens = tokens.message(message.path("usage"));
    }

    private String starts(JsonNode event) {
        var block = event.path("content_block");
        var text = Json.text(block, "text");
        if (text != null && !text.isEmpty()) {
            return chunk(Json.object().put("content", text), null);
        }
        if (!block.path("type").asText().equals("tool_use")) {
            return "";
        }
        var call = new Call(calls.size());
        calls.put(event.path("index").asInt(), call);
        var told = called(block, "");
        return chunk(delta(Json.object().put("index", call.number).setAll(told)), null);
    }

    private String goesOn(JsonNode event) {
        var delta = event.path("delta");
        var text = Json.text(delta, "text");
        if (text != null) {
            return text.isEmpty() ? "" : chunk(Json.object().put("content", text), null);
        }
        var call = calls.get(event.path("index").asInt());
        var more = Json.text(delta, "partial_json");
        return call == null || more == null || more.isEmpty() ? "" : arguments(call, more);
    }

    /// A tool without arguments is called with an empty object; clients read nothing else.
    private String stops(JsonNode event) {
        var call = calls.get(event.path("index").asInt());
        return call == null || call.hasArguments ? "" : arguments(call, "{}");
    }

    private String arguments(Call call, String more) {
        call.hasArguments = true;
        var told = Json.object().put("index", call.number);
        told.putObject("function").put("arguments", more);
        return chunk(delta(told), null);
    }

    private static String error(JsonNode error) {
        var out = Json.object();
        out.putObject("error")
                .put("message", error.path("message").asText())
                .put("type", error.path("type").asText())
                .putNull("param")
                .put("code", error.path("type").asText());
        return "data: " + Json.write(out) + "\n\n";
    }

    private static ObjectNode called(JsonNode block, String arguments) {
        var call = Json.object().put("id", block.path("id").asText()).put("type", "function");
        call.putObject("function")
                .put("name", block.path("name").asText())
                .put("arguments", arguments);
        return call;
    }

    private static ObjectNode delta(JsonNode call) {
        var delta = Json.object();
        delta.putArray("tool_calls").add(call);
        return delta;
    }

    private String chunk(ObjectNode delta, @Nullable String finish) {
        var choice = Json.object().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").put("finish_reason", finish);
        var out = head("chat.completion.chunk");
        out.putArray("choices").add(choice);
        if (wantsUsage) {
            out.putNull("usage");
        }
        return "data: " + Json.write(out) + "\n\n";
    }

    private ObjectNode head(String object) {
        return Json.object()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model);
    }
}
