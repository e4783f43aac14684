package dev.serin.server.gateway;

import static dev.serin.engine.traffic.Arm.BASELINE;
import static dev.serin.engine.traffic.Arm.CANDIDATE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.serin.engine.traffic.Arm;
import dev.serin.server.rollout.Server;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@DisplayName("A call whose model's provider speaks the other API")
class CrossingTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";

    private static final String START =
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_x%s\",\"model\":\"opus-1\",\"usage\":{\"input_tokens\":200,\"cache_creation_input_tokens\":300,\"cache_read_input_tokens\":500,\"output_tokens\":1}}}\n\n"
                    + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"hello\"}}\n\n";
    private static final String END =
            "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":500}}\n\n"
                    + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    private static final String ERROR =
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";

    private static final String ERRORS = "steps[0].total.candidate.find { it.of == 'error' }";

    @Inject Client client;

    private Upstream upstream;
    private String route = "";
    private String id = "";

    @BeforeEach
    void begin() {
        upstream = Upstream.at(client.upstreamPort());
        route = Server.newRoute();
    }

    private void between(String baseline, String candidate) {
        id = client.started(route, baseline, candidate, "");
    }

    @Test
    @DisplayName(
            "is asked in that one's words with its key, answered in the client's, and seen as any other")
    void carriesAChat() throws Exception {
        between("old/small", "bold/opus");
        upstream.says((_, line) ->
                line.json(200, AnthropicMessagesTest.message("msg_" + route, "hello")));
        var answer = chat(CANDIDATE, ", \"max_tokens\": 7");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var told = new JsonObject(answer.body());
        assertThat(told.getString("object")).isEqualTo("chat.completion");
        assertThat(told.getString("id")).isEqualTo("msg_" + route);
        var choice = told.getJsonArray("choices").getJsonObject(0);
        assertThat(choice.getJsonObject("message").getString("content")).isEqualTo("hello");
        assertThat(told.getJsonObject("usage").getInteger("prompt_tokens")).isEqualTo(1000);
        assertThat(answer.headers().firstValue("Serin-Model")).hasValue("bold/opus");
        assertThat(answer.headers().firstValue("Content-Length"))
                .hasValue(Integer.toString(answer.body().length()));

        var asked = upstream.asked().getFirst();
        assertThat(asked.line()).isEqualTo("POST /bold/v1/messages HTTP/1.1");
        assertThat(asked.headers())
                .containsEntry("x-api-key", "key-of-bold")
                .containsEntry("anthropic-version", "2023-06-01")
                .doesNotContainKeys("authorization", "openai-beta");
        assertThat(asked.body())
                .isEqualTo(
                        "{\"model\":\"opus\",\"max_tokens\":7,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        awaitCalls(1, 0);
        evidence().body("steps[0].total.candidate.find { it.of == 'cost_usd/1' }.sum", is(0.0161f));
    }

    @Test
    @DisplayName("streams in the client's chunks, with the first word and the tokens seen")
    void streamsAChat() throws Exception {
        between("old/small", "bold/opus");
        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(START.formatted(route).substring(0, 77));
            line.chunk(START.formatted(route).substring(77) + END);
            line.endStream();
        });
        var answer = chat(CANDIDATE, ", \"stream\": true");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        assertThat(answer.body())
                .contains("\"delta\":{\"content\":\"hello\"}", "\"finish_reason\":\"stop\"")
                .doesNotContain("usage", "event:")
                .endsWith("data: [DONE]\n\n");
        awaitCalls(1, 0);
        evidence()
                .body("steps[0].total.candidate.find { it.of == 'cost_usd/1' }.sum", is(0.0161f))
                .body("steps[0].total.candidate.find { it.of == 'ttft_ms' }.n", is(1));
    }

    @Test
    @DisplayName("of Anthropic's client is asked of OpenAI's models, plain and streamed")
    void carriesAMessage() throws Exception {
        between("calm/haiku", "new/large");
        upstream.says((_, line) -> line.json(200, Upstream.chat(route + "-m", "hello")));
        var answer = message(CANDIDATE, "");
        var told = new JsonObject(answer.body());
        assertThat(told.getString("type")).isEqualTo("message");
        assertThat(told.getJsonArray("content").getJsonObject(0).getString("text"))
                .isEqualTo("hello");
        assertThat(told.getJsonObject("usage").getInteger("output_tokens")).isEqualTo(500);
        var asked = upstream.asked().getFirst();
        assertThat(asked.line()).isEqualTo("POST /new/v1/chat/completions HTTP/1.1");
        assertThat(asked.headers())
                .containsEntry("authorization", "Bearer key-of-new")
                .doesNotContainKeys("anthropic-version", "x-api-key");
        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(
                    "data: {\"id\":\"s%s\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hel\"}}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                            .formatted(route));
            line.chunk(
                    "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":500}}\n\ndata: [DONE]\n\n");
            line.endStream();
        });
        var streamed = message(CANDIDATE, ", \"stream\": true");
        assertThat(streamed.body())
                .startsWith("event: message_start\n")
                .contains("\"text_delta\",\"text\":\"hel\"", "\"output_tokens\":500}}")
                .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        awaitCalls(2, 0);
        evidence().body("steps[0].total.candidate.find { it.of == 'cost_usd/1' }.sum", is(0.04f));
    }

    @Test
    @DisplayName(
            "goes to the baseline where only the candidate has no words for it, and that counts for the candidate")
    void goesToTheBaseline() throws Exception {
        between("old/small", "bold/opus");
        upstream.says((_, line) -> line.json(200, Upstream.chat(route + "-b", "from the old")));
        var answer = chat(CANDIDATE, ", \"logprobs\": true");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("from the old");
        assertThat(answer.headers().firstValue("Serin-Retried")).hasValue("untranslatable");
        assertThat(upstream.asked()).hasSize(1);
        assertThat(upstream.asked().getFirst().body()).contains("\"logprobs\": true");
        awaitCalls(1, 1);
    }

    @Test
    @DisplayName(
            "is refused with the name of its field where no arm has words for it, and nobody is asked or blamed")
    void refuses() throws Exception {
        between("calm/haiku", "bold/opus");
        for (var arm : new Arm[] {BASELINE, CANDIDATE}) {
            var answer = chat(arm, ", \"n\": 2");
            assertThat(answer.statusCode()).isEqualTo(400);
            var error = new JsonObject(answer.body()).getJsonObject("error");
            assertThat(error.getString("param")).isEqualTo("n");
            assertThat(error.getString("code")).isEqualTo("untranslatable");
            assertThat(error.getString("message")).startsWith("n: ");
        }
        var embeddings =
                client.send(
                        client.post(
                                "/v1/embeddings",
                                Client.question(route, ", \"input\": \"a\""),
                                client.key(route, BASELINE)));
        assertThat(embeddings.statusCode()).isEqualTo(400);
        assertThat(embeddings.body()).contains("which has no /embeddings");
        assertThat(upstream.asked()).isEmpty();
        upstream.says((_, line) ->
                line.json(200, AnthropicMessagesTest.message("msg_" + route, "hello")));
        assertThat(chat(CANDIDATE, "").statusCode()).isEqualTo(200);
        awaitCalls(1, 0);
        upstream.asked().clear();

        route = Server.newRoute();
        between("old/small", "new/large");
        var message = message(CANDIDATE, ", \"top_k\": 5");
        assertThat(message.statusCode()).isEqualTo(400);
        assertThat(message.body())
                .startsWith(
                        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"top_k: ");
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    @DisplayName("that fails is told so in the client's words")
    void tellsErrors() throws Exception {
        between("calm/haiku", "bold/opus");
        upstream.says((_, line) ->
                line.json(529, AnthropicMessagesTest.error("overloaded_error"), "Retry-After: 3"));
        var answer = chat(BASELINE, "");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("3");
        var error = new JsonObject(answer.body()).getJsonObject("error");
        assertThat(error.getString("message")).isEqualTo("told by the provider");
        assertThat(error.getString("code")).isEqualTo("provider_overloaded");

        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(START.formatted(route) + ERROR);
            line.endStream();
        });
        var streamed = chat(BASELINE, ", \"stream\": true");
        assertThat(streamed.body())
                .contains("data: {\"error\":{\"message\":\"Overloaded\"")
                .doesNotContain("[DONE]");

        route = Server.newRoute();
        between("old/small", "new/large");
        upstream.says((_, line) -> line.json(429, Upstream.error("rate_limit_exceeded")));
        var message = message(BASELINE, "");
        assertThat(message.statusCode()).isEqualTo(429);
        assertThat(message.body())
                .isEqualTo(
                        "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"told by the provider\"}}");
    }

    @Test
    @DisplayName(
            "whose answer cannot be read is a failure of the candidate, and the user gets the baseline's")
    void fallsBack() throws Exception {
        between("old/small", "bold/opus");
        upstream.says((asked, line) -> {
            if (asked.isFor("opus")) {
                line.json(200, "{\"type\":\"message\"}");
            } else {
                line.json(200, Upstream.chat(route + "-f", "from the old"));
            }
        });
        var answer = chat(CANDIDATE, "");
        assertThat(answer.body()).contains("from the old");
        assertThat(answer.headers().firstValue("Serin-Retried")).hasValue("broken_answer");
        awaitCalls(1, 1);
    }

    @Test
    @DisplayName("that ends early in its stream gets no end of Serin's own")
    void isTruncated() throws Exception {
        between("old/small", "bold/opus");
        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(START.formatted(route));
            line.endStream();
        });
        var answer = chat(CANDIDATE, ", \"stream\": true");
        assertThat(answer.body()).contains("hello").doesNotContain("[DONE]", "finish_reason\":\"");
        awaitCalls(1, 1);
    }

    private HttpResponse<String> chat(Arm arm, String more) throws Exception {
        var body =
                "{\"model\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]%s}"
                        .formatted(route, more);
        return client.send(
                client.post(CHAT, body, client.key(route, arm)).header("openai-beta", "x"));
    }

    private HttpResponse<String> message(Arm arm, String more) throws Exception {
        var body =
                "{\"model\": \"%s\", \"max_tokens\": 9, \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]%s}"
                        .formatted(route, more);
        return client.send(
                client.post(MESSAGES, body, client.key(route, arm))
                        .header("anthropic-version", "2023-06-01"));
    }

    private void awaitCalls(int calls, int failed) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        evidence()
                                .body(ERRORS + ".n", is(calls))
                                .body(ERRORS + ".bad", is(failed)));
    }

    private ValidatableResponse evidence() {
        return given().get("/api/v1/rollouts/" + id + "/evidence").then();
    }
}
