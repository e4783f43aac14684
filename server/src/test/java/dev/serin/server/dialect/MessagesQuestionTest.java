package dev.serin.server.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A message that is asked of OpenAI's models")
class MessagesQuestionTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    @DisplayName("says its text, its system and its limits in their words")
    void says() throws Exception {
        same(
                """
                {"model": "support-chat", "max_tokens": 50, "stream": true, "temperature": 0.7, "top_p": 0.9,
                 "stop_sequences": ["END"], "metadata": {"user_id": "u-1"}, "thinking": {"type": "disabled"},
                 "system": [{"type": "text", "text": "Be short.", "cache_control": {"type": "ephemeral"}}],
                 "messages": [
                   {"role": "user", "content": "Hello"},
                   {"role": "assistant", "content": [{"type": "text", "text": "Hi", "citations": null}]},
                   {"role": "user", "content": [
                     {"type": "text", "text": "What is this?"},
                     {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "aGk="}},
                     {"type": "image", "source": {"type": "url", "url": "https://host.example/a.png"}}]}]}
                """,
                """
                {"model": "m", "max_completion_tokens": 50, "stream": true, "stream_options": {"include_usage": true},
                 "temperature": 0.7, "top_p": 0.9, "stop": ["END"], "user": "u-1",
                 "messages": [
                   {"role": "system", "content": "Be short."},
                   {"role": "user", "content": "Hello"},
                   {"role": "assistant", "content": "Hi"},
                   {"role": "user", "content": [
                     {"type": "text", "text": "What is this?"},
                     {"type": "image_url", "image_url": {"url": "data:image/png;base64,aGk="}},
                     {"type": "image_url", "image_url": {"url": "https://host.example/a.png"}}]}]}
                """);
    }

    @Test
    @DisplayName("hands on its tools, their calls, their answers and that one failed")
    void handsToolsOn() throws Exception {
        same(
                """
                {"model": "r", "max_tokens": 9,
                 "tools": [{"name": "weather", "description": "of a city", "cache_control": {"type": "ephemeral"},
                   "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}}}],
                 "tool_choice": {"type": "tool", "name": "weather", "disable_parallel_tool_use": true},
                 "messages": [
                   {"role": "user", "content": "Weather?"},
                   {"role": "assistant", "content": [
                     {"type": "text", "text": "I look."},
                     {"type": "tool_use", "id": "toolu_1", "name": "weather", "input": {"city": "Rome"}},
                     {"type": "tool_use", "id": "toolu_2", "name": "weather", "input": {}}]},
                   {"role": "user", "content": [
                     {"type": "tool_result", "tool_use_id": "toolu_1", "content": [{"type": "text", "text": "sunny"}]},
                     {"type": "tool_result", "tool_use_id": "toolu_2", "is_error": true, "content": "no city"},
                     {"type": "text", "text": "Well?"}]}]}
                """,
                """
                {"model": "m", "max_completion_tokens": 9,
                 "tools": [{"type": "function", "function": {"name": "weather", "description": "of a city",
                   "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}}],
                 "tool_choice": {"type": "function", "function": {"name": "weather"}}, "parallel_tool_calls": false,
                 "messages": [
                   {"role": "user", "content": "Weather?"},
                   {"role": "assistant", "content": "I look.", "tool_calls": [
                     {"id": "toolu_1", "type": "function", "function": {"name": "weather", "arguments": "{\\"city\\":\\"Rome\\"}"}},
                     {"id": "toolu_2", "type": "function", "function": {"name": "weather", "arguments": "{}"}}]},
                   {"role": "tool", "tool_call_id": "toolu_1", "content": "sunny"},
                   {"role": "tool", "tool_call_id": "toolu_2", "content": "Error: no city"},
                   {"role": "user", "content": "Well?"}]}
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "top_k | 5",
                "thinking | {\"type\": \"enabled\", \"budget_tokens\": 1024}",
                "service_tier | \"standard_only\"",
                "stop_sequences | [\"a\",\"b\",\"c\",\"d\",\"e\"]",
                "container | \"c\"",
                "mcp_servers | []",
                "output_config | {}",
                "unheard_of | 1"
            })
    @DisplayName("is refused where OpenAI has no word for a field, by the name of that")
    void refusesFields(String field, String value) {
        refused(
                "{\"model\": \"r\", \"max_tokens\": 9, \"%s\": %s, \"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}"
                        .formatted(field, value),
                field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"image\", \"source\": {\"type\": \"file\", \"file_id\": \"f\"}} | .source.file_id",
                "{\"type\": \"document\", \"source\": {}} | .type",
                "{\"type\": \"thinking\", \"thinking\": \"hm\"} | .type",
                "{\"type\": \"text\", \"text\": \"a\", \"citations\": [{}]} | .citations",
                "{\"type\": \"tool_result\", \"tool_use_id\": \"t\", \"content\": [{\"type\": \"image\"}]} | .content[0].type"
            })
    @DisplayName("is refused where OpenAI has no word for a block, by its place")
    void refusesBlocks(String block, String field) {
        refused(
                "{\"model\": \"r\", \"max_tokens\": 9, \"messages\": [{\"role\": \"user\", \"content\": [%s]}]}"
                        .formatted(block),
                "messages[0].content[0]" + field);
    }

    @Test
    @DisplayName("is refused with a tool that Anthropic itself would run, and without a limit")
    void refusesOthersTools() {
        refused(
                "{\"model\": \"r\", \"max_tokens\": 9, \"messages\": [{\"role\": \"user\", \"content\": \"a\"}], \"tools\": [{\"type\": \"web_search_20250305\", \"name\": \"web_search\"}]}",
                "tools[0].type");
        refused(
                "{\"model\": \"r\", \"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}",
                "max_tokens");
    }

    private static void refused(String messages, String field) {
        assertThatThrownBy(() -> Crossing.ofMessages(messages.getBytes(UTF_8), "m", true))
                .isInstanceOfSatisfying(
                        Untranslatable.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    private static void same(String messages, String chat) throws Exception {
        var crossing = Crossing.ofMessages(messages.getBytes(UTF_8), "m", true);
        assertThat(JSON.readTree(crossing.question())).isEqualTo(JSON.readTree(chat));
    }
}
