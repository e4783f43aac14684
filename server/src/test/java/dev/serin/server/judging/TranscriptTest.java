package dev.serin.server.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.plan.Share;
import dev.serin.server.planfile.RouteJudge;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a judge is told")
class TranscriptTest {

    private static final RouteJudge JUDGE =
            new RouteJudge("openai/a", "p", Share.percent(10), "tone", RouteJudge.Says.VERDICT, 1);

    private static final String CHAT =
            """
            {"model": "support-chat", "user": "ada", "messages": [
              {"role": "system", "content": "Be kind."},
              {"role": "user", "content": [{"type": "text", "text": "Hi"}, {"type": "image_url", "image_url": {"url": "data:x"}}]}]}
            """;

    private static final String MESSAGES =
            """
            {"model": "support-chat", "system": "Be kind.", "messages": [
              {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t", "content": "sunny"}, {"type": "text", "text": "Hi"}]}]}
            """;

    @Test
    @DisplayName(
            "is the conversation's texts and the answer's, without the route, its model or its caller")
    void tellsTexts() throws Exception {
        var answer =
                "{\"id\": \"c\", \"model\": \"gpt-x\", \"choices\": [{\"message\": {\"content\": \"Hello\"}}]}";
        assertThat(told(Wire.CHAT, CHAT, answer, false))
                .isEqualTo(
                        "{\"conversation\":[{\"role\":\"system\",\"text\":\"Be kind.\"},{\"role\":\"user\",\"text\":\"Hi\\n[image_url]\"}],\"answer\":\"Hello\"}");
        var message =
                "{\"id\": \"m\", \"model\": \"claude-x\", \"content\": [{\"type\": \"text\", \"text\": \"I look.\"}, {\"type\": \"tool_use\", \"name\": \"weather\", \"input\": {\"a\": 1}}]}";
        assertThat(told(Wire.MESSAGES, MESSAGES, message, false))
                .isEqualTo(
                        "{\"conversation\":[{\"role\":\"system\",\"text\":\"Be kind.\"},{\"role\":\"user\",\"text\":\"sunny\\nHi\"}],\"answer\":\"I look.\\ncalls weather: {\\\"a\\\":1}\"}");
    }

    @Test
    @DisplayName("is the whole text of a streamed answer, however it was cut")
    void putsStreamsTogether() throws Exception {
        var chunks =
                "data: {\"model\":\"gpt-x\",\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\r\n\r\n: ping\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"Hel\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"lo\"}}]}\n\ndata: {\"choices\":[],\"usage\":{}}\n\ndata: [DONE]\n\n";
        assertThat(told(Wire.CHAT, CHAT, chunks, true)).endsWith("\"answer\":\"Hello\"}");
        var events =
                "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"Hel\"}}\n\nevent: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"lo\"}}\n\n";
        assertThat(told(Wire.MESSAGES, MESSAGES, events, true)).endsWith("\"answer\":\"Hello\"}");
    }

    @Test
    @DisplayName(
            "holds a streamed answer's own signs for ends of lines, and the first of its choices")
    void readsLinesAndChoices() throws Exception {
        var lines =
                "data: {\"choices\":[{\"delta\":{\"content\":\"one\u2028two\u0085three\"}}]}\r\rdata: [DONE]\r\r";
        assertThat(told(Wire.CHAT, CHAT, lines, true))
                .endsWith("\"answer\":\"one\u2028two\u0085three\"}");
        var choices =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\ndata: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"Good day\"}}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"}}]}\n\n";
        assertThat(told(Wire.CHAT, CHAT, choices, true)).endsWith("\"answer\":\"Hello\"}");
    }

    @Test
    @DisplayName("is what a chat refuses, and the function that it calls in the old way")
    void readsRefusals() throws Exception {
        var refusal =
                "{\"choices\": [{\"message\": {\"content\": null, \"refusal\": \"I will not.\"}}]}";
        assertThat(told(Wire.CHAT, CHAT, refusal, false)).endsWith("\"answer\":\"I will not.\"}");
        var refused =
                "data: {\"choices\":[{\"delta\":{\"content\":null,\"refusal\":\"I will\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"refusal\":\" not.\"}}]}\n\n";
        assertThat(told(Wire.CHAT, CHAT, refused, true)).endsWith("\"answer\":\"I will not.\"}");
        var call =
                "{\"choices\": [{\"message\": {\"content\": null, \"function_call\": {\"name\": \"weather\", \"arguments\": \"{}\"}}}]}";
        assertThat(told(Wire.CHAT, CHAT, call, false))
                .endsWith("\"answer\":\"calls weather: {}\"}");
        var called =
                "data: {\"choices\":[{\"delta\":{\"function_call\":{\"name\":\"weather\",\"arguments\":\"\"}}}]}\n\ndata: {\"choices\":[{\"delta\":{\"function_call\":{\"arguments\":\"{}\"}}}]}\n\n";
        assertThat(told(Wire.CHAT, CHAT, called, true))
                .endsWith("\"answer\":\"calls weather: {}\"}");
    }

    @Test
    @DisplayName("is a response's instructions, input and output, whole or streamed")
    void readsResponses() throws Exception {
        var question =
                """
                {"model": "support-chat", "instructions": "Be kind.", "previous_response_id": "r0", "input": [
                  {"role": "user", "content": [{"type": "input_text", "text": "Hi"}, {"type": "input_image", "image_url": "data:x"}]},
                  {"type": "function_call", "call_id": "f", "name": "weather", "arguments": "{}"},
                  {"type": "function_call_output", "call_id": "f", "output": "sunny"}]}
                """;
        var response =
                """
                {"id": "r", "object": "response", "model": "gpt-x", "output": [
                  {"type": "reasoning", "summary": [{"type": "summary_text", "text": "secret thoughts"}]},
                  {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "Hello"}]},
                  {"type": "function_call", "name": "weather", "arguments": "{\\"a\\":1}"}]}\
                """;
        var told =
                "{\"conversation\":[{\"role\":\"system\",\"text\":\"Be kind.\"},{\"role\":\"user\",\"text\":\"Hi\\n[input_image]\"},{\"role\":\"tool\",\"text\":\"sunny\"}],\"answer\":\"Hello\\ncalls weather: {\\\"a\\\":1}\"}";
        assertThat(told(Wire.RESPONSES, question, response, false)).isEqualTo(told);
        var events =
                """
                event: response.created
                data: {"type":"response.created","response":{"id":"r","output":[]}}

                event: response.output_text.delta
                data: {"type":"response.output_text.delta","delta":"Hel"}

                event: response.completed
                data: {"type":"response.completed","response":%s}

                """
                        .formatted(response.replace("\n", ""));
        assertThat(told(Wire.RESPONSES, question, events, true)).isEqualTo(told);
        assertThat(told(Wire.RESPONSES, "{\"input\": \"Hi\"}", response, false))
                .startsWith("{\"conversation\":[{\"role\":\"user\",\"text\":\"Hi\"}]");
    }

    @Test
    @DisplayName("is nothing where the answer holds no text")
    void hasNothingToTell() throws Exception {
        assertThat(Transcript.of(sample(Wire.CHAT, CHAT, "{\"choices\":[]}", false))).isEmpty();
        assertThat(sample(Wire.CHAT, CHAT, "secret", false).toString())
                .doesNotContain("secret", "Be kind");
    }

    private static String told(Wire wire, String question, String answer, boolean streamed)
            throws Exception {
        return Transcript.of(sample(wire, question, answer, streamed)).orElseThrow().json();
    }

    private static Sample sample(Wire wire, String question, String answer, boolean streamed) {
        return new Sample(
                new ChosenCall(UUID.randomUUID(), JUDGE, "call-1"),
                wire,
                Buffer.buffer(question),
                Buffer.buffer(answer),
                streamed);
    }
}
