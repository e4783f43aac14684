package dev.serin.simulator.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The answer to a call of the Responses API, whole or in pieces.
///
/// @param turn what becomes of the call; it has no error, and knows the tokens of its prompt
/// @param cut whether the answer was broken off at the length that was asked for
/// @param previous id of the answer that it goes on from; null for none
public record ResponseReply(Ask ask, Turn turn, boolean cut, @Nullable String previous) {

    public ResponseReply {
        if (turn.errorClass() != null || turn.tokensIn() == null) {
            throw new IllegalArgumentException(
                    "an answer has no error and the tokens of its prompt, got " + turn);
        }
    }

    /// By which a later question names it.
    public String id() {
        return ask.id("resp_");
    }

    /// The whole answer.
    public String json() {
        var status = cut ? "incomplete" : "completed";
        return response(status, "[" + message(status, text()) + "]", usage());
    }

    /// The answer as server-sent events, in the order in which they are sent.
    public List<Piece> stream() {
        var events = new Events();
        var part = part(text());
        double first = turn.ttftMs();
        double last = turn.latencyMs();
        var begun = response("in_progress", "[]", "null");
        events.add(first, "response.created", "\"response\":" + begun);
        events.add(first, "response.in_progress", "\"response\":" + begun);
        events.add(
                first,
                "response.output_item.added",
                "\"output_index\":0,\"item\":{\"id\":%s,\"type\":\"message\",\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}"
                        .formatted(Json.text(itemId())));
        events.add(first, "response.content_part.added", place() + ",\"part\":" + part(""));
        for (var slice : Slices.of(turn, words())) {
            events.add(
                    slice.afterMs(),
                    "response.output_text.delta",
                    place() + ",\"delta\":" + Json.text(slice.text()) + ",\"logprobs\":[]");
        }
        events.add(
                last,
                "response.output_text.done",
                place() + ",\"text\":" + Json.text(text()) + ",\"logprobs\":[]");
        events.add(last, "response.content_part.done", place() + ",\"part\":" + part);
        var status = cut ? "incomplete" : "completed";
        events.add(
                last,
                "response.output_item.done",
                "\"output_index\":0,\"item\":" + message(status, text()));
        events.add(last, "response." + status, "\"response\":" + json());
        return List.copyOf(events.pieces);
    }

    /// Numbers events as they are added.
    private static final class Events {

        private final List<Piece> pieces = new ArrayList<>();

        void add(double afterMs, String type, String fields) {
            pieces.add(
                    new Piece(
                            afterMs,
                            "event: %s\ndata: {\"type\":\"%s\",\"sequence_number\":%d,%s}\n\n"
                                    .formatted(type, type, pieces.size(), fields)));
        }
    }

    private String response(String status, String output, String usage) {
        var incomplete =
                status.equals("incomplete") ? "{\"reason\":\"max_output_tokens\"}" : "null";
        return "{\"id\":%s,\"object\":\"response\",\"created_at\":%d,\"status\":\"%s\",\"error\":null,\"incomplete_details\":%s,\"instructions\":null,\"metadata\":{},\"model\":%s,\"output\":%s,\"parallel_tool_calls\":true,\"previous_response_id\":%s,\"temperature\":1.0,\"tool_choice\":\"auto\",\"tools\":[],\"top_p\":1.0,\"usage\":%s}"
                .formatted(
                        Json.text(id()),
                        ask.created(),
                        status,
                        incomplete,
                        Json.text(ask.model()),
                        output,
                        previous == null ? "null" : Json.text(previous),
                        usage);
    }

    private String message(String status, String text) {
        return "{\"id\":%s,\"type\":\"message\",\"status\":\"%s\",\"role\":\"assistant\",\"content\":[%s]}"
                .formatted(Json.text(itemId()), status, part(text));
    }

    private static String part(String text) {
        return "{\"type\":\"output_text\",\"text\":%s,\"annotations\":[],\"logprobs\":[]}"
                .formatted(Json.text(text));
    }

    private String place() {
        return "\"item_id\":%s,\"output_index\":0,\"content_index\":0"
                .formatted(Json.text(itemId()));
    }

    private String usage() {
        long in = Objects.requireNonNull(turn.tokensIn());
        return "{\"input_tokens\":%d,\"input_tokens_details\":{\"cached_tokens\":0},\"output_tokens\":%d,\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":%d}"
                .formatted(in, turn.tokensOut(), in + turn.tokensOut());
    }

    private String itemId() {
        return ask.id("msg_");
    }

    private String text() {
        return String.join(" ", words());
    }

    private List<String> words() {
        return Words.of(turn.tokensOut(), ask.number(), turn.isMadeUp());
    }
}
