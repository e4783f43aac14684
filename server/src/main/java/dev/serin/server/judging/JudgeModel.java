package dev.serin.server.judging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.server.outward.LateClient;
import dev.serin.server.planfile.RouteJudge;
import dev.serin.server.provider.Kind;
import dev.serin.server.provider.Price;
import dev.serin.server.provider.Provider;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;

/// Asks the model that judges, through its provider. It goes where an admin has sent it and follows no
/// redirect.
@ApplicationScoped
class JudgeModel {

    private static final int MOST_BYTES = 1 << 20;
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LateClient client = new LateClient(HttpClient.Version.HTTP_1_1, CONNECT);

    JudgeModel() {}

    @PreDestroy
    void close() {
        client.close();
    }

    /// Waits for what it says.
    Spoken ask(Provider.Model model, Price price, RouteJudge judge, Transcript transcript)
            throws InterruptedException {
        var provider = model.provider();
        var question = question(provider.kind(), model.name(), judge, transcript);
        var bytes = question.toString().getBytes(UTF_8);
        try {
            var patience = provider.patience();
            var answer =
                    client.ask(
                            request(provider, bytes),
                            patience.firstByte().plus(patience.stall()),
                            MOST_BYTES);
            return answer.statusCode() == 200
                    ? said(provider.kind(), JSON.readTree(answer.body()), price, bytes.length)
                    : new Spoken.Nothing(
                            "its provider answers %d".formatted(answer.statusCode()), 0);
        } catch (ConnectException | HttpConnectTimeoutException | SSLHandshakeException _) {
            return new Spoken.Nothing("its provider cannot be reached", 0);
        } catch (HttpTimeoutException _) {
            return unread("its provider takes too long", price, bytes);
        } catch (com.fasterxml.jackson.core.JsonProcessingException _) {
            return unread("its provider answers with no JSON", price, bytes);
        } catch (IOException _) {
            return unread(
                    "the connection to its provider broke, or the answer is over 1 MB",
                    price,
                    bytes);
        }
    }

    // Whoever was asked may have answered, and sends a bill for it.
    private static Spoken unread(String why, Price price, byte[] question) {
        return new Spoken.Nothing(why, Bill.most(price, question.length));
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
                question.put("max_completion_tokens", Bill.MOST_TOKENS);
                question.putArray("messages")
                        .add(message("system", instruction))
                        .add(message("user", transcript.json()));
            }
            case ANTHROPIC -> {
                question.put("max_tokens", Bill.MOST_TOKENS).put("system", instruction);
                question.putArray("messages").add(message("user", transcript.json()));
            }
        }
        return question;
    }

    private static ObjectNode message(String role, String content) {
        return JSON.createObjectNode().put("role", role).put("content", content);
    }

    private static Spoken said(Kind kind, JsonNode answer, Price price, int asked) {
        var text = AnswerText.whole(Wire.of(kind), answer);
        return new Spoken.Said(text, Bill.usd(kind, answer.path("usage"), price, asked));
    }
}
