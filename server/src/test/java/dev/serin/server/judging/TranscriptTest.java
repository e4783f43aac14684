package dev.serin.server.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.plan.Share;
import dev.serin.server.planfile.RouteJudge;
import dev.serin.server.provider.Kind;
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
        assertThat(told(Kind.OPENAI, CHAT, answer, false))
                .isEqualTo(
                        "{\"conversation\":[{\"role\":\"system\",\"text\":\"Be kind.\"},{\"role\":\"user\",\"text\":\"Hi\\n[image_url]\"}],\"answer\":\"Hello\"}");
        var message =
                "{\"id\": \"m\", \"model\": \"claude-x\", \"content\": [{\"type\": \"text\", \"text\": \"I look.\"}, {\"type\": \"tool_use\", \"name\": \"weather\", \"input\": {\"a\": 1}}]}";
        assertThat(told(Kind.ANTHROPIC, MESSAGES, message, false))
                .isEqualTo(
                        "{\"conversation\":[{\"role\":\"system\",\"text\":\"Be kind.\"},{\"role\":\"user\",\"text\":\"sunny\\nHi\"}],\"answer\":\"I look.\\ncalls weather: {\\\"a\\\":1}\"}");
    }

    @Test
    @DisplayName("is the whole text of a streamed answer, however it was cut")
    void putsStreamsTogether() throws Exception {
        var chunks =
                "data: {\"model\":\"gpt-x\",\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\r\n\r\n: ping\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"Hel\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"lo\"}}]}\n\ndata: {\"choices\":[],\"usage\":{}}\n\ndata: [DONE]\n\n";
        assertThat(told(Kind.OPENAI, CHAT, chunks, true)).endsWith("\"answer\":\"Hello\"}");
        var events =
                "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"Hel\"}}\n\nevent: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"lo\"}}\n\n";
        assertThat(told(Kind.ANTHROPIC, MESSAGES, events, true)).endsWith("\"answer\":\"Hello\"}");
    }

    @Test
    @DisplayName("is nothing where the answer holds no text")
    void hasNothingToTell() throws Exception {
        assertThat(Transcript.of(sample(Kind.OPENAI, CHAT, "{\"choices\":[]}", false))).isEmpty();
        assertThat(sample(Kind.OPENAI, CHAT, "secret", false).toString())
                .doesNotContain("secret", "Be kind");
    }

    private static String told(Kind kind, String question, String answer, boolean streamed)
            throws Exception {
        return Transcript.of(sample(kind, question, answer, streamed)).orElseThrow().json();
    }

    private static Sample sample(Kind kind, String question, String answer, boolean streamed) {
        return new Sample(
                UUID.randomUUID(),
                JUDGE,
                "call-1",
                kind,
                Buffer.buffer(question),
                Buffer.buffer(answer),
                streamed);
    }
}
