package dev.serin.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A translated stream")
class StreamsTest {

    private static final String START =
            "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"claude-x\",\"usage\":{\"input_tokens\":10,\"cache_read_input_tokens\":5,\"output_tokens\":1}}}";
    private static final String TEXT =
            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"%s\"}}";
    private static final String STOP =
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"%s\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":15}}";

    @Test
    @DisplayName("of Anthropic's comes in a chat's chunks, and tells its tokens to whoever asked")
    void toChat() throws Exception {
        var events =
                List.of(
                        START,
                        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
                        "{\"type\": \"ping\"}",
                        TEXT.formatted("Hel"),
                        TEXT.formatted("lo"),
                        "{\"type\":\"content_block_stop\",\"index\":0}",
                        STOP.formatted("end_turn"),
                        "{\"type\":\"message_stop\"}");
        var head =
                "data: {\"id\":\"msg_1\",\"object\":\"chat.completion.chunk\",\"created\":7,\"model\":\"claude-x\",\"choices\":[";
        var first =
                "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}]";
        var hel =
                "{\"index\":0,\"delta\":{\"content\":\"Hel\"},\"logprobs\":null,\"finish_reason\":null}]";
        var lo =
                "{\"index\":0,\"delta\":{\"content\":\"lo\"},\"logprobs\":null,\"finish_reason\":null}]";
        var last = "{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}]";
        var end = "}\n\n";
        assertThat(played(new MessageToChat(7, false), events))
                .isEqualTo(
                        head
                                + first
                                + end
                                + ": ping\n\n"
                                + head
                                + hel
                                + end
                                + head
                                + lo
                                + end
                                + head
                                + last
                                + end
                                + "data: [DONE]\n\n");
        var none = ",\"usage\":null}\n\n";
        assertThat(played(new MessageToChat(7, true), events))
                .isEqualTo(
                        head
                                + first
                                + none
                                + ": ping\n\n"
                                + head
                                + hel
                                + none
                                + head
                                + lo
                                + none
                                + head
                                + last
                                + none
                                + head
                                + "],\"usage\":{\"prompt_tokens\":15,\"completion_tokens\":15,\"total_tokens\":30,\"prompt_tokens_details\":{\"cached_tokens\":5}}}\n\n"
                                + "data: [DONE]\n\n");
    }

    @Test
    @DisplayName(
            "of Anthropic's calls tools one by one, one without arguments with an empty object")
    void toolsToChat() throws Exception {
        var sent =
                played(
                        new MessageToChat(7, false),
                        List.of(
                                START,
                                "{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"weather\",\"input\":{}}}",
                                "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"\"}}",
                                "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\":\"}}",
                                "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"1}\"}}",
                                "{\"type\":\"content_block_stop\",\"index\":1}",
                                "{\"type\":\"content_block_start\",\"index\":2,\"content_block\":{\"type\":\"tool_use\",\"id\":\"toolu_2\",\"name\":\"now\",\"input\":{}}}",
                                "{\"type\":\"content_block_stop\",\"index\":2}",
                                STOP.formatted("tool_use")));
        assertThat(sent)
                .containsSubsequence(
                        "\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"toolu_1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}]}",
                        "\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\":\"}}]}",
                        "\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"1}\"}}]}",
                        "\"delta\":{\"tool_calls\":[{\"index\":1,\"id\":\"toolu_2\",\"type\":\"function\",\"function\":{\"name\":\"now\",\"arguments\":\"\"}}]}",
                        "\"delta\":{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"{}\"}}]}",
                        "\"finish_reason\":\"tool_calls\"");
    }

    @Test
    @DisplayName("of OpenAI's comes in Anthropic's events: text, tools, and the tokens at its end")
    void toMessage() throws Exception {
        var head =
                "{\"id\":\"chatcmpl-1\",\"model\":\"gpt-x\",\"choices\":[{\"index\":0,\"delta\":";
        var sent =
                played(
                        new ChatToMessage(),
                        List.of(
                                head + "{\"role\":\"assistant\",\"content\":\"\"}}]}",
                                head + "{\"content\":\"Hel\"}}]}",
                                head + "{\"content\":\"lo\"}}]}",
                                head
                                        + "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}]}}]}",
                                head
                                        + "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]}}]}",
                                head + "{},\"finish_reason\":\"tool_calls\"}]}",
                                "{\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"prompt_tokens_details\":{\"cached_tokens\":2}}}"));
        assertThat(sent)
                .isEqualTo(
                        event(
                                        "message_start",
                                        "\"message\":{\"id\":\"chatcmpl-1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"gpt-x\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":0,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"output_tokens\":0}}")
                                + event(
                                        "content_block_start",
                                        "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}")
                                + event(
                                        "content_block_delta",
                                        "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hel\"}")
                                + event(
                                        "content_block_delta",
                                        "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"lo\"}")
                                + event("content_block_stop", "\"index\":0")
                                + event(
                                        "content_block_start",
                                        "\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"call_1\",\"name\":\"weather\",\"input\":{}}")
                                + event(
                                        "content_block_delta",
                                        "\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}")
                                + event("content_block_stop", "\"index\":1")
                                + event(
                                        "message_delta",
                                        "\"delta\":{\"stop_reason\":\"tool_use\",\"stop_sequence\":null},\"usage\":{\"input_tokens\":7,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":2,\"output_tokens\":4}")
                                + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }

    @Test
    @DisplayName(
            "of OpenAI's keeps calls of tools apart that a server numbers alike, and joins each")
    void numberedAlike() throws Exception {
        var call =
                "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{%s\"function\":{%s\"arguments\":\"%s\"}}]}}]}";
        var sent =
                played(
                        new ChatToMessage(),
                        List.of(
                                call.formatted("\"index\":0,\"id\":\"a\",", "\"name\":\"f\",", "{"),
                                call.formatted("\"index\":0,\"id\":\"a\",", "\"name\":\"f\",", "}"),
                                call.formatted(
                                        "\"index\":0,\"id\":\"b\",", "\"name\":\"g\",", "{}"),
                                call.formatted("\"id\":\"c\",", "\"name\":\"g\",", "{}")));
        assertThat(sent)
                .containsSubsequence(
                        "\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\"",
                        "\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\"}",
                        "\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"}\"}",
                        "\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"b\",\"name\":\"g\"",
                        "\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}",
                        "\"index\":2,\"content_block\":{\"type\":\"tool_use\",\"id\":\"c\",\"name\":\"g\"",
                        "\"index\":2,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}");
    }

    @Test
    @DisplayName("tells an error in the client's words, and has no end after it of its own")
    void tellsErrors() throws Exception {
        assertThat(
                        new MessageToChat(7, false)
                                .event(
                                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}"))
                .isEqualTo(
                        "data: {\"error\":{\"message\":\"Overloaded\",\"type\":\"overloaded_error\",\"param\":null,\"code\":\"overloaded_error\"}}\n\n");
        var back = new ChatToMessage();
        assertThat(
                        back.event(
                                "{\"error\":{\"message\":\"slow down\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}"))
                .isEqualTo(
                        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow down\"}}\n\n");
        assertThat(back.end()).isEmpty();
    }

    @Test
    @DisplayName("that calls a tool which has not begun cannot be read")
    void refusesUnbegunTools() {
        var on =
                "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\"}}]}}]}";
        assertThatThrownBy(() -> new ChatToMessage().event(on)).isInstanceOf(Unreadable.class);
    }

    private static String event(String type, String fields) {
        return "event: %s\ndata: {\"type\":\"%s\",%s}\n\n".formatted(type, type, fields);
    }

    private static String played(Translation by, List<String> events) throws Unreadable {
        var sent = new StringBuilder();
        for (var event : events) {
            sent.append(by.event(event));
        }
        sent.append(by.end());
        assertThat(by.end()).as("the second time").isEmpty();
        return sent.toString();
    }
}
