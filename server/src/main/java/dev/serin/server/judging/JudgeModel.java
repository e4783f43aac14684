package dev.serin.server.judging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.server.planfile.RouteJudge;
import dev.serin.server.provider.Kind;
import dev.serin.server.provider.Price;
import dev.serin.server.provider.Provider;
import dev.serin.server.provider.Usage;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/// Asks the model that judges, through its provider. It goes where an admin has sent it and follows no
/// redirect.
@ApplicationScoped
class JudgeModel {

    /// Enough for a verdict, also of a model that thinks before it speaks.
    private static final int MOST_TOKENS = 2_000;

    private static final int MOST_BYTES = 1 << 20;
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /// No text has more tokens than this part of its bytes, in any language that judges read.
    private static final int BYTES_PER_TOKEN = 2;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .build();

    JudgeModel() {}

    @PreDestroy
    void close() {
        client.shutdownNow();
    }

    /// Waits for what it says.
    Spoken ask(Provider.Model model, Price price, RouteJudge judge, Transcript transcript)
            throws InterruptedException {
        var provider = model.provider();
        var question = question(provider.kind(), model.name(), judge, transcript);
        var bytes = question.toString().getBytes(UTF_8);
        try {
            var answer =
                    client.send(
                            request(provider, bytes),
                            HttpResponse.BodyHandlers.limiting(
                                    HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES));
            return answer.statusCode() == 200
                    ? said(provider.kind(), JSON.readTree(answer.body()), price, bytes.length)
                    : new Spoken.Nothing("its provider answers %d".formatted(answer.statusCode()));
        } catch (HttpTimeoutException _) {
            return new Spoken.Nothing("its provider takes too long");
        } catch (com.fasterxml.jackson.core.JsonProcessingException _) {
            return new Spoken.Nothing("its provider answers with no JSON");
        } catch (IOException _) {
            return new Spoken.Nothing("its provider cannot be reached");
        }
    }

    private static HttpRequest request(Provider provider, byte[] question) {
        var path =
                switch (provider.kind()) {
                    case OPENAI -> "/chat/completions";
                    case ANTHROPIC -> "/messages";
                };
        var request =
                HttpRequest.newBuilder(URI.create(provider.base() + path))
                        .timeout(provider.patience().firstByte())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(question));
        if (provider.kind() == Kind.ANTHROPIC) {
            request.header(Kind.ANTHROPIC_VERSION, Kind.VERSION);
        }
        provider.tellsKey(request::header);
        return request.build();
    }

    private static ObjectNode question(
            Kind kind, String model, RouteJudge judge, Transcript transcript) {
        var question = JSON.createObjectNode().put("model", model);
        var instruction = Wording.instruction(judge);
        switch (kind) {
            case OPENAI -> {
                question.put("max_completion_tokens", MOST_TOKENS);
                question.putArray("messages")
                        .add(message("system", instruction))
                        .add(message("user", transcript.json()));
            }
            case ANTHROPIC -> {
                question.put("max_tokens", MOST_TOKENS).put("system", instruction);
                question.putArray("messages").add(message("user", transcript.json()));
            }
        }
        return question;
    }

    private static ObjectNode message(String role, String content) {
        return JSON.createObjectNode().put("role", role).put("content", content);
    }

    private static Spoken said(Kind kind, JsonNode answer, Price price, int asked) {
        var text = AnswerText.whole(kind, answer);
        var usage = answer.path("usage");
        long in =
                switch (kind) {
                    case OPENAI -> usage.path("prompt_tokens").asLong(-1);
                    case ANTHROPIC ->
                            usage.path("input_tokens").asLong(-1)
                                    + usage.path("cache_read_input_tokens").asLong()
                                    + usage.path("cache_creation_input_tokens").asLong();
                };
        long out =
                switch (kind) {
                    case OPENAI -> usage.path("completion_tokens").asLong(-1);
                    case ANTHROPIC -> usage.path("output_tokens").asLong(-1);
                };
        var tokens =
                in >= 0 && out >= 0
                        ? new Usage(in, 0, out)
                        : new Usage(asked / BYTES_PER_TOKEN, 0, MOST_TOKENS);
        return new Spoken.Said(text, price.of(tokens));
    }
}
