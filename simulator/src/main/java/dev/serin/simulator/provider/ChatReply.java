package dev.serin.simulator.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The answer to a chat completion, whole or in pieces.
///
/// @param turn what becomes of the call; it has no error, and knows the tokens of its prompt
/// @param cut whether the answer was broken off at the length that was asked for
/// @param tool called instead of saying something; null for a text
public record ChatReply(Ask ask, Turn turn, boolean cut, @Nullable ToolCall tool) {

    private static final String DONE = "data: [DONE]\n\n";

    public ChatReply {
        if (turn.errorClass() != null || turn.tokensIn() == null) {
            throw new IllegalArgumentException(
                    "an answer has no error and the tokens of its prompt, got " + turn);
        }
    }

    /// The whole answer.
    public String json() {
        return "{\"id\":%s,\"object\":\"chat.completion\",\"created\":%d,\"model\":%s,\"choices\":[{\"index\":0,\"message\":%s,\"logprobs\":null,\"finish_reason\":\"%s\"}],\"usage\":%s}"
                .formatted(
                        Json.text(id()),
                        ask.created(),
                        Json.text(ask.model()),
                        message(),
                        finish(),
                        usage());
    }

    /// The answer as server-sent events, in the order in which they are sent.
    ///
    /// @param withUsage whether the tokens were asked for: one more event tells them
    public List<Piece> stream(boolean withUsage) {
        var usage = withUsage ? ",\"usage\":null" : "";
        var head =
                "data: {\"id\":%s,\"object\":\"chat.completion.chunk\",\"created\":%d,\"model\":%s,\"choices\":["
                        .formatted(Json.text(id()), ask.created(), Json.text(ask.model()));
        var pieces = new ArrayList<Piece>();
        pieces.add(
                new Piece(
                        turn.ttftMs(),
                        head + choice("{\"role\":\"assistant\",\"content\":\"\"}", "null", usage)));
        for (var delta : deltas()) {
            pieces.add(new Piece(delta.afterMs(), head + choice(delta.text(), "null", usage)));
        }
        var last = new StringBuilder(head + choice("{}", "\"" + finish() + "\"", usage));
        if (withUsage) {
            last.append(head).append("],\"usage\":").append(usage()).append("}\n\n");
        }
        pieces.add(new Piece(turn.latencyMs(), last.append(DONE).toString()));
        return List.copyOf(pieces);
    }

    private static String choice(String delta, String finish, String usage) {
        return "{\"index\":0,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}]%s}\n\n"
                .formatted(delta, finish, usage);
    }

    private List<Piece> deltas() {
        if (tool == null) {
            return Slices.of(turn, words()).stream()
                    .map(it ->
                            new Piece(
                                    it.afterMs(),
                                    "{\"content\":%s}".formatted(Json.text(it.text()))))
                    .toList();
        }
        int middle = tool.arguments().length() / 2;
        return List.of(
                new Piece(
                        turn.ttftMs(),
                        "{\"tool_calls\":[{\"index\":0,\"id\":%s,\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":\"\"}}]}"
                                .formatted(Json.text(callId()), Json.text(tool.name()))),
                argumentsPiece(turn.ttftMs(), tool.arguments().substring(0, middle)),
                argumentsPiece(turn.latencyMs(), tool.arguments().substring(middle)));
    }

    private static Piece argumentsPiece(double afterMs, String part) {
        return new Piece(
                afterMs,
                "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":%s}}]}"
                        .formatted(Json.text(part)));
    }

    private String message() {
        if (tool == null) {
            return "{\"role\":\"assistant\",\"content\":%s,\"refusal\":null}"
                    .formatted(Json.text(String.join(" ", words())));
        }
        return "{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"tool_calls\":[{\"id\":%s,\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":%s}}]}"
                .formatted(
                        Json.text(callId()), Json.text(tool.name()), Json.text(tool.arguments()));
    }

    private List<String> words() {
        return Words.of(turn.tokensOut(), ask.number(), turn.isMadeUp());
    }

    private String usage() {
        long in = Objects.requireNonNull(turn.tokensIn());
        return "{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d,\"prompt_tokens_details\":{\"cached_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":0}}"
                .formatted(in, turn.tokensOut(), in + turn.tokensOut());
    }

    private String finish() {
        return tool != null ? "tool_calls" : cut ? "length" : "stop";
    }

    private String id() {
        return ask.id("chatcmpl-");
    }

    private String callId() {
        return ask.id("call_");
    }
}
