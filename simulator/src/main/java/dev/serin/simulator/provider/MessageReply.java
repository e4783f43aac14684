package dev.serin.simulator.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The answer to a message of Anthropic's API, whole or in pieces.
///
/// @param turn what becomes of the call; it has no error, and knows the tokens of its prompt
/// @param cut whether the answer was broken off at the length that was asked for
/// @param tool called instead of saying something; null for a text
public record MessageReply(Ask ask, Turn turn, boolean cut, @Nullable ToolCall tool) {

    public MessageReply {
        if (turn.errorClass() != null || turn.tokensIn() == null) {
            throw new IllegalArgumentException(
                    "an answer has no error and the tokens of its prompt, got " + turn);
        }
    }

    /// The whole answer.
    public String json() {
        var content =
                tool == null ? text(String.join(" ", words())) : toolUse(tool, tool.arguments());
        return message("[" + content + "]", "\"" + reason() + "\"", turn.tokensOut());
    }

    /// The answer as server-sent events, in the order in which they are sent.
    public List<Piece> stream() {
        double first = turn.ttftMs();
        double last = turn.latencyMs();
        var pieces = new ArrayList<Piece>();
        add(pieces, first, "message_start", ",\"message\":" + message("[]", "null", 1));
        add(
                pieces,
                first,
                "content_block_start",
                ",\"index\":0,\"content_block\":"
                        + (tool == null ? text("") : toolUse(tool, "{}")));
        add(pieces, first, "ping", "");
        deltas(pieces);
        add(pieces, last, "content_block_stop", ",\"index\":0");
        add(
                pieces,
                last,
                "message_delta",
                ",\"delta\":{\"stop_reason\":\"%s\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":%d}"
                        .formatted(reason(), turn.tokensOut()));
        add(pieces, last, "message_stop", "");
        return List.copyOf(pieces);
    }

    private void deltas(List<Piece> pieces) {
        if (tool == null) {
            for (var slice : Slices.of(turn, words())) {
                delta(
                        pieces,
                        slice.afterMs(),
                        "{\"type\":\"text_delta\",\"text\":%s}".formatted(Json.text(slice.text())));
            }
            return;
        }
        int middle = tool.arguments().length() / 2;
        arguments(pieces, turn.ttftMs(), "");
        arguments(pieces, turn.ttftMs(), tool.arguments().substring(0, middle));
        arguments(pieces, turn.latencyMs(), tool.arguments().substring(middle));
    }

    private static void arguments(List<Piece> pieces, double afterMs, String part) {
        delta(
                pieces,
                afterMs,
                "{\"type\":\"input_json_delta\",\"partial_json\":%s}".formatted(Json.text(part)));
    }

    private static void delta(List<Piece> pieces, double afterMs, String delta) {
        add(pieces, afterMs, "content_block_delta", ",\"index\":0,\"delta\":" + delta);
    }

    private static void add(List<Piece> pieces, double afterMs, String type, String fields) {
        pieces.add(
                new Piece(
                        afterMs,
                        "event: %s\ndata: {\"type\":\"%s\"%s}\n\n".formatted(type, type, fields)));
    }

    private String message(String content, String stopReason, int tokensOut) {
        return "{\"id\":%s,\"type\":\"message\",\"role\":\"assistant\",\"model\":%s,\"content\":%s,\"stop_reason\":%s,\"stop_sequence\":null,\"usage\":{\"input_tokens\":%d,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"output_tokens\":%d}}"
                .formatted(
                        Json.text(ask.id("msg_")),
                        Json.text(ask.model()),
                        content,
                        stopReason,
                        Objects.requireNonNull(turn.tokensIn()),
                        tokensOut);
    }

    private static String text(String text) {
        return "{\"type\":\"text\",\"text\":%s}".formatted(Json.text(text));
    }

    private String toolUse(ToolCall called, String input) {
        return "{\"type\":\"tool_use\",\"id\":%s,\"name\":%s,\"input\":%s}"
                .formatted(Json.text(ask.id("toolu_")), Json.text(called.name()), input);
    }

    private List<String> words() {
        return Words.of(turn.tokensOut(), ask.number(), turn.isMadeUp());
    }

    private String reason() {
        return tool != null ? "tool_use" : cut ? "max_tokens" : "end_turn";
    }
}
