package dev.serin.simulator.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What a stand-in sends")
class WireTest {

    private static final Ask ASK = new Ask(1, 1_700_000_000, "gpt-4");
    private static final Turn TURN = new Turn(null, 100, 1100, 9L, 101, Map.of());

    private static ChatReply reply(Turn turn) {
        return new ChatReply(ASK, turn, /* cut= */ false, null);
    }

    private static String text(List<Piece> pieces) {
        return pieces.stream().map(Piece::text).collect(Collectors.joining());
    }

    @Test
    @DisplayName("is a chat completion with one word for each token that it charges")
    void chatCompletion() {
        var json = reply(TURN).json();
        assertThat(json)
                .startsWith("{\"id\":\"chatcmpl-")
                .contains("\"object\":\"chat.completion\"", "\"model\":\"gpt-4\"")
                .contains("\"finish_reason\":\"stop\"")
                .contains("\"prompt_tokens\":9,\"completion_tokens\":101,\"total_tokens\":110");
        var content = json.replaceAll(".*\"content\":\"([^\"]*)\".*", "$1");
        assertThat(content.split(" ")).hasSize(101);
    }

    @Test
    @DisplayName("comes from the first token's time to the last one's, in order")
    void streamTakesItsTime() {
        var pieces = reply(TURN).stream(/* withUsage= */ false);
        assertThat(pieces.getFirst().afterMs()).isEqualTo(100);
        assertThat(pieces.getLast().afterMs()).isEqualTo(1100);
        assertThat(pieces).extracting(Piece::afterMs).isSorted();
        assertThat(pieces.get(1).text()).contains("{\"content\":\"");
        assertThat(text(pieces)).endsWith("data: [DONE]\n\n").doesNotContain("usage");
    }

    @Test
    @DisplayName("says the same in pieces as at once")
    void streamSaysTheSame() {
        var whole = reply(TURN).json().replaceAll(".*\"content\":\"([^\"]*)\".*", "$1");
        var said =
                text(reply(TURN).stream(/* withUsage= */ true))
                        .lines()
                        .filter(line -> line.contains("\"delta\":{\"content\""))
                        .map(line -> line.replaceAll(".*\"content\":\"([^\"]*)\".*", "$1"))
                        .collect(Collectors.joining());
        assertThat(said).isEqualTo(whole);
    }

    @Test
    @DisplayName("says the same as a message of Anthropic's API, whole and in its events")
    void message() {
        var reply = new MessageReply(ASK, TURN, /* cut= */ false, null);
        assertThat(reply.json())
                .startsWith("{\"id\":\"msg_")
                .contains("\"type\":\"message\"", "\"stop_reason\":\"end_turn\"")
                .contains("\"input_tokens\":9,", "\"output_tokens\":101}");
        var whole = reply.json().replaceAll(".*\"text\":\"([^\"]*)\".*", "$1");
        assertThat(whole.split(" ")).hasSize(101);
        var pieces = reply.stream();
        assertThat(pieces).extracting(Piece::afterMs).isSorted();
        var said =
                text(pieces)
                        .lines()
                        .filter(line -> line.contains("text_delta"))
                        .map(line -> line.replaceAll(".*\"text\":\"([^\"]*)\".*", "$1"))
                        .collect(Collectors.joining());
        assertThat(said).isEqualTo(whole);
        assertThat(text(pieces))
                .startsWith("event: message_start\ndata: {\"type\":\"message_start\"")
                .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }

    @ParameterizedTest
    @CsvSource({
        "429, 429, rate_limit_error",
        "insufficient_quota, 402, billing_error",
        "context_length_exceeded, 400, invalid_request_error",
        "5xx, 500, api_error",
        "529, 529, overloaded_error",
        "timeout, 504, timeout_error"
    })
    @DisplayName("is an error of Anthropic's API where that one was asked")
    void errorsOfAnthropic(String errorClass, int status, String type) {
        var error = ErrorReply.of(errorClass, "gpt-4").asAnthropics();
        assertThat(error.status()).isEqualTo(status);
        assertThat(error.json())
                .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\"");
    }

    @Test
    @DisplayName("tells the tokens of a stream in one event more, and null in all others")
    void streamTellsUsage() {
        var events = text(reply(TURN).stream(/* withUsage= */ true)).split("\n\n");
        assertThat(events[events.length - 1]).isEqualTo("data: [DONE]");
        assertThat(events[events.length - 2])
                .contains("\"choices\":[],\"usage\":{\"prompt_tokens\":9");
        assertThat(List.of(events).subList(0, events.length - 2))
                .allMatch(event -> event.endsWith("\"usage\":null}"));
    }

    @Test
    @DisplayName("can be told by its text where it is made up, and only there")
    void madeUpText() {
        var bad = new Turn(null, 0, 0, 9L, 20, Map.of("hallucination", true));
        assertThat(Words.areMadeUp(reply(bad).json())).isTrue();
        assertThat(Words.areMadeUp(reply(TURN).json())).isFalse();
    }

    @Test
    @DisplayName("calls a tool whole, or its arguments in pieces")
    void callsTools() {
        var tool = new ToolCall("weather", "{\"city\":\"Bern\"}");
        var calls = new ChatReply(ASK, TURN, /* cut= */ false, tool);
        assertThat(calls.json())
                .contains("\"content\":null", "\"name\":\"weather\"")
                .contains("\"arguments\":\"{\\\"city\\\":\\\"Bern\\\"}\"")
                .contains("\"finish_reason\":\"tool_calls\"");
        assertThat(text(calls.stream(/* withUsage= */ false)))
                .contains("\"tool_calls\":[{\"index\":0,\"id\":\"call_")
                .contains("\"finish_reason\":\"tool_calls\"");
    }

    @Test
    @DisplayName("numbers the events of a response and ends it with the whole")
    void responseStream() {
        var reply = new ResponseReply(ASK, TURN, /* cut= */ false, "resp_0");
        var events = text(reply.stream()).split("\n\n");
        for (int i = 0; i < events.length; i++) {
            assertThat(events[i]).contains("\"sequence_number\":%d,".formatted(i));
        }
        assertThat(events[0]).startsWith("event: response.created\n");
        assertThat(events[events.length - 1])
                .startsWith("event: response.completed\n")
                .contains("\"previous_response_id\":\"resp_0\"", "\"output_tokens\":101");
    }

    @ParameterizedTest(name = "{0} is {1}, {2}")
    @CsvSource({
        "5xx, 500, server_error",
        "503, 503, server_error",
        "429, 429, rate_limit_exceeded",
        "insufficient_quota, 429, insufficient_quota",
        "context_length_exceeded, 400, context_length_exceeded",
        "timeout, 504, timeout",
        "4xx, 400, invalid_request_error",
        "overheated, 500, overheated"
    })
    @DisplayName("is an error with all four of its fields for each class:")
    void errors(String errorClass, int status, String says) {
        var reply = ErrorReply.of(errorClass, "gpt-4");
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json())
                .startsWith("{\"error\":{\"message\":\"")
                .contains("\"type\":", "\"param\":", "\"code\":", "\"" + says + "\"");
        assertThat(reply.headers().containsKey("retry-after")).isEqualTo(errorClass.equals("429"));
    }

    @Test
    @DisplayName("is a vector of length 1 for each input, the same for the same text")
    void embeddings() {
        var reply = new EmbeddingReply("m", List.of("a", "b", "a"), 8, /* base64= */ false, 3);
        var vectors =
                reply.json()
                        .lines()
                        .flatMap(json -> List.of(json.split("\"embedding\":\\[")).stream())
                        .skip(1)
                        .map(rest -> rest.substring(0, rest.indexOf(']')))
                        .toList();
        assertThat(vectors).hasSize(3);
        assertThat(vectors.get(0)).isEqualTo(vectors.get(2)).isNotEqualTo(vectors.get(1));
        double length = 0;
        for (var one : vectors.getFirst().split(",")) {
            length += Math.pow(Double.parseDouble(one), 2);
        }
        assertThat(length).isBetween(0.999, 1.001);
    }

    @Test
    @DisplayName("cannot be made of a call that failed")
    void refusesFailedCalls() {
        assertThatThrownBy(() -> reply(TURN.refused("5xx")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5xx");
    }
}
