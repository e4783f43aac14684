package dev.serin.server.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A translated answer")
class AnswersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    @DisplayName("of Anthropic's has its text, its tools' calls and all tokens of its question")
    void toChat() throws Exception {
        same(
                new MessageToChat(7, false),
                """
                {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-x", "stop_reason": "tool_use",
                 "stop_sequence": null, "usage": {"input_tokens": 10, "cache_creation_input_tokens": 20,
                 "cache_read_input_tokens": 30, "output_tokens": 5}, "content": [
                   {"type": "thinking", "thinking": "hm", "signature": "s"},
                   {"type": "text", "text": "I "}, {"type": "text", "text": "look."},
                   {"type": "tool_use", "id": "toolu_1", "name": "weather", "input": {"city": "Rome"}}]}
                """,
                """
                {"id": "msg_1", "object": "chat.completion", "created": 7, "model": "claude-x", "choices": [
                  {"index": 0, "message": {"role": "assistant", "content": "I look.", "refusal": null, "tool_calls": [
                    {"id": "toolu_1", "type": "function", "function": {"name": "weather", "arguments": "{\\"city\\":\\"Rome\\"}"}}]},
                   "logprobs": null, "finish_reason": "tool_calls"}],
                 "usage": {"prompt_tokens": 60, "completion_tokens": 5, "total_tokens": 65, "prompt_tokens_details": {"cached_tokens": 30}}}
                """);
    }

    @Test
    @DisplayName("of OpenAI's has its text, its tools' calls and its tokens")
    void toMessage() throws Exception {
        same(
                new ChatToMessage(),
                """
                {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "gpt-x", "choices": [
                  {"index": 0, "message": {"role": "assistant", "content": "I look.", "refusal": null, "tool_calls": [
                    {"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": "{\\"city\\": \\"Rome\\"}"}},
                    {"id": "call_2", "type": "function", "function": {"name": "now", "arguments": ""}}]},
                   "logprobs": null, "finish_reason": "tool_calls"}],
                 "usage": {"prompt_tokens": 60, "completion_tokens": 5, "total_tokens": 65, "prompt_tokens_details": {"cached_tokens": 30}}}
                """,
                """
                {"id": "chatcmpl-1", "type": "message", "role": "assistant", "model": "gpt-x", "content": [
                   {"type": "text", "text": "I look."},
                   {"type": "tool_use", "id": "call_1", "name": "weather", "input": {"city": "Rome"}},
                   {"type": "tool_use", "id": "call_2", "name": "now", "input": {}}],
                 "stop_reason": "tool_use", "stop_sequence": null,
                 "usage": {"input_tokens": 30, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 30, "output_tokens": 5}}
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, stop, end_turn",
        "stop_sequence, stop, end_turn",
        "max_tokens, length, max_tokens",
        "tool_use, tool_calls, tool_use",
        "refusal, content_filter, refusal",
        "pause_turn, stop, end_turn",
        "model_context_window_exceeded, length, max_tokens"
    })
    @DisplayName("says why it ends")
    void saysWhyItEnds(String stopReason, String finish, String back) {
        assertThat(Reasons.ofChat(stopReason)).isEqualTo(finish);
        assertThat(Reasons.ofMessage(finish)).isEqualTo(back);
    }

    @Test
    @DisplayName("that is none of its API is not taken for one")
    void refuses() {
        for (var answer :
                new String[] {"[]", "{\"type\": \"message\"}", "{\"choices\": []}", "<html>"}) {
            assertThatThrownBy(() -> new MessageToChat(1, false).whole(answer.getBytes(UTF_8)))
                    .isInstanceOf(Unreadable.class);
            assertThatThrownBy(() -> new ChatToMessage().whole(answer.getBytes(UTF_8)))
                    .isInstanceOf(Unreadable.class);
        }
        var broken =
                "{\"choices\": [{\"message\": {\"tool_calls\": [{\"id\": \"c\", \"function\": {\"name\": \"f\", \"arguments\": \"{\"}}]}}]}";
        assertThatThrownBy(() -> new ChatToMessage().whole(broken.getBytes(UTF_8)))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("arguments");
    }

    private static void same(Translation by, String answer, String expected) throws Exception {
        assertThat(JSON.readTree(by.whole(answer.getBytes(UTF_8))))
                .isEqualTo(JSON.readTree(expected));
    }
}
