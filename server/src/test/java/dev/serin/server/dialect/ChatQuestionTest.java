package dev.serin.server.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A chat completion that is asked of Anthropic's models")
class ChatQuestionTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    @DisplayName("says its text, its system and its limits in their words")
    void says() throws Exception {
        same(
                """
                {"model": "support-chat", "stream": true, "stream_options": {"include_usage": true},
                 "max_completion_tokens": 50, "temperature": 0.70, "top_p": 0.9, "stop": "END", "user": "u-1",
                 "n": 1, "logprobs": false, "presence_penalty": 0, "response_format": {"type": "text"},
                 "store": false, "seed": null, "metadata": {"tenant": "acme"},
                 "messages": [
                   {"role": "developer", "content": "Be short."},
                   {"role": "user", "content": "Hello"},
                   {"role": "assistant", "content": "Hi", "refusal": null, "annotations": []},
                   {"role": "user", "content": [
                     {"type": "text", "text": "What is this?"},
                     {"type": "image_url", "image_url": {"url": "data:image/png;base64,aGk=", "detail": "auto"}},
                     {"type": "image_url", "image_url": {"url": "https://host.example/a.png"}}]}]}
                """,
                """
                {"model": "m", "max_tokens": 50, "system": "Be short.", "stream": true, "temperature": 0.70,
                 "top_p": 0.9, "stop_sequences": ["END"], "metadata": {"user_id": "u-1"},
                 "messages": [
                   {"role": "user", "content": "Hello"},
                   {"role": "assistant", "content": "Hi"},
                   {"role": "user", "content": [
                     {"type": "text", "text": "What is this?"},
                     {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "aGk="}},
                     {"type": "image", "source": {"type": "url", "url": "https://host.example/a.png"}}]}]}
                """);
    }

    @Test
    @DisplayName("hands on its tools, their calls and their answers")
    void handsToolsOn() throws Exception {
        same(
                """
                {"model": "r", "parallel_tool_calls": false, "tool_choice": "required",
                 "tools": [{"type": "function", "function": {"name": "weather", "description": "of a city", "strict": false,
                   "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}},
                   {"type": "function", "function": {"name": "now"}}],
                 "messages": [
                   {"role": "user", "content": "Weather?"},
                   {"role": "assistant", "content": null, "tool_calls": [
                     {"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": "{\\"city\\": \\"Rome\\"}"}},
                     {"id": "call_2", "type": "function", "function": {"name": "now", "arguments": ""}}]},
                   {"role": "tool", "tool_call_id": "call_1", "content": "sunny"},
                   {"role": "tool", "tool_call_id": "call_2", "content": [{"type": "text", "text": "noon"}]}]}
                """,
                """
                {"model": "m", "max_tokens": 4096,
                 "tools": [{"name": "weather", "description": "of a city",
                   "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}}},
                   {"name": "now", "input_schema": {"type": "object", "properties": {}}}],
                 "tool_choice": {"type": "any", "disable_parallel_tool_use": true},
                 "messages": [
                   {"role": "user", "content": "Weather?"},
                   {"role": "assistant", "content": [
                     {"type": "tool_use", "id": "call_1", "name": "weather", "input": {"city": "Rome"}},
                     {"type": "tool_use", "id": "call_2", "name": "now", "input": {}}]},
                   {"role": "user", "content": [
                     {"type": "tool_result", "tool_use_id": "call_1", "content": "sunny"},
                     {"type": "tool_result", "tool_use_id": "call_2", "content": "noon"}]}]}
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n | 2",
                "logprobs | true",
                "top_logprobs | 3",
                "seed | 1",
                "frequency_penalty | 0.5",
                "logit_bias | {\"50256\": -100}",
                "response_format | {\"type\": \"json_object\"}",
                "modalities | [\"text\", \"audio\"]",
                "audio | {\"voice\": \"alloy\", \"format\": \"wav\"}",
                "temperature | 1.5",
                "reasoning_effort | \"low\"",
                "functions | []",
                "store | true",
                "service_tier | \"flex\"",
                "max_tokens | 0",
                "tool_choice | \"sometimes\"",
                "unheard_of | 1"
            })
    @DisplayName("is refused where Anthropic has no word for a field, by the name of that")
    void refusesFields(String field, String value) {
        refused(
                "{\"model\": \"r\", \"%s\": %s, \"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}"
                        .formatted(field, value),
                field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"role\": \"user\", \"content\": [{\"type\": \"file\", \"file\": {\"file_id\": \"f\"}}]} | messages[1].content[0].type",
                "{\"role\": \"user\", \"content\": [{\"type\": \"input_audio\"}]} | messages[1].content[0].type",
                "{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", \"image_url\": {\"url\": \"file-123\"}}]} | messages[1].content[0].image_url.url",
                "{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", \"image_url\": {\"url\": \"https://a/b\", \"detail\": \"low\"}}]} | messages[1].content[0].image_url.detail",
                "{\"role\": \"user\", \"name\": \"ada\", \"content\": \"a\"} | messages[1].name",
                "{\"role\": \"system\", \"content\": \"late\"} | messages[1].role",
                "{\"role\": \"function\", \"content\": \"a\"} | messages[1].role",
                "{\"role\": \"assistant\", \"content\": \"\"} | messages[1].content",
                "{\"role\": \"assistant\", \"audio\": {\"id\": \"a\"}, \"content\": \"a\"} | messages[1].audio",
                "{\"role\": \"assistant\", \"tool_calls\": [{\"id\": \"c\", \"function\": {\"name\": \"f\", \"arguments\": \"{\"}}]} | messages[1].tool_calls[0].function.arguments",
                "{\"role\": \"assistant\", \"tool_calls\": [{\"id\": \"c\", \"type\": \"custom\"}]} | messages[1].tool_calls[0].type",
                "{\"role\": \"tool\", \"content\": \"a\"} | messages[1].tool_call_id"
            })
    @DisplayName("is refused where Anthropic has no word for a part of a message, by its place")
    void refusesMessages(String message, String field) {
        refused(
                "{\"model\": \"r\", \"messages\": [{\"role\": \"user\", \"content\": \"a\"}, %s]}"
                        .formatted(message),
                field);
    }

    @Test
    @DisplayName("is refused where a field stands there twice, for nobody knows which is meant")
    void refusesDoubles() {
        refused("{\"model\": \"r\", \"messages\": [], \"messages\": []}", "body");
    }

    private static void refused(String chat, String field) {
        assertThatThrownBy(() -> Crossing.ofChat(chat.getBytes(UTF_8), "m", 1))
                .isInstanceOfSatisfying(
                        Untranslatable.class,
                        e -> {
                            assertThat(e.field()).isEqualTo(field);
                            assertThat(e).hasMessageStartingWith(field + ": ");
                        });
    }

    private static void same(String chat, String messages) throws Exception {
        var crossing = Crossing.ofChat(chat.getBytes(UTF_8), "m", 1);
        assertThat(JSON.readTree(crossing.question())).isEqualTo(JSON.readTree(messages));
    }
}
