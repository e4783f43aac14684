package dev.serin.server.gateway;

import static dev.serin.engine.traffic.Arm.CANDIDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.serin.server.rollout.Server;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@DisplayName("OpenAI's own Java client")
class OpenAiClientTest {

    private static final String WORD =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"finish_reason\":null}],\"usage\":null}\n\n";
    private static final String LAST =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\ndata: [DONE]\n\n";

    @Inject Client client;

    private Upstream upstream;
    private OpenAIClient stock;
    private String route = "";

    @BeforeEach
    void begin() {
        upstream = Upstream.at(client.upstreamPort());
        route = Server.newRoute();
        client.started(route);
        stock =
                OpenAIOkHttpClient.builder()
                        .baseUrl("http://127.0.0.1:%d/v1".formatted(client.port()))
                        .apiKey("ada:a long enough password")
                        .maxRetries(2)
                        .build();
    }

    @AfterEach
    void end() {
        stock.close();
    }

    @Test
    @DisplayName("reads a plain answer, and one that the baseline gave in the candidate's place")
    void plain() {
        upstream.says((_, line) -> line.json(200, Upstream.chat("c1", "hello")));
        assertThat(content()).isEqualTo("hello");
        upstream.says((asked, line) -> {
            if (asked.isFor("large")) {
                line.json(500, Upstream.error("server_error"));
            } else {
                line.json(200, Upstream.chat("c2", "from the old"));
            }
        });
        assertThat(content()).isEqualTo("from the old");
        assertThat(upstream.asked()).hasSize(2);
    }

    @Test
    @DisplayName("reads a stream to its end, and is told of one that stands still")
    void streaming() {
        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(WORD.formatted("hel") + WORD.formatted("lo") + LAST);
            line.endStream();
        });
        assertThat(streamed()).isEqualTo("hello");
        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(WORD.formatted("hel"));
            line.isLeftWithin(10);
        });
        assertThatThrownBy(this::streamed).isInstanceOf(OpenAIException.class);
    }

    @Test
    @DisplayName("throws its own exceptions for errors")
    void errors() {
        assertThatThrownBy(() -> stock.chat().completions().create(question("nowhere")))
                .isInstanceOfSatisfying(
                        NotFoundException.class,
                        e -> {
                            assertThat(e.code()).hasValue("model_not_found");
                            assertThat(e.param()).hasValue("model");
                        });
        upstream.says((_, line) -> line.json(400, Upstream.error("context_length_exceeded")));
        assertThatThrownBy(this::content)
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        e -> assertThat(e.code()).hasValue("context_length_exceeded"));
    }

    @Test
    @DisplayName("tries again by itself where the baseline limits the rate")
    void retries() {
        var calls = new java.util.concurrent.atomic.AtomicInteger();
        upstream.says((_, line) -> {
            if (calls.incrementAndGet() <= 2) {
                line.json(429, Upstream.error("rate_limit_exceeded"), "Retry-After: 0");
            } else {
                line.json(200, Upstream.chat("c3", "at last"));
            }
        });
        assertThat(content()).isEqualTo("at last");
    }

    private String content() {
        var answer = stock.chat().completions().create(question(route));
        return answer.choices().getFirst().message().content().orElseThrow();
    }

    private String streamed() {
        try (var answer = stock.chat().completions().createStreaming(question(route))) {
            return answer.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .map(ChatCompletionChunk.Choice::delta)
                    .map(delta -> delta.content().orElse(""))
                    .collect(Collectors.joining());
        }
    }

    private ChatCompletionCreateParams question(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage("hi")
                .putAdditionalHeader("Serin-Key", client.key(route, CANDIDATE))
                .build();
    }
}
