package dev.serin.server.standin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.server.problem.WrongUse;
import dev.serin.simulator.profile.Distribution;
import dev.serin.simulator.profile.Failures;
import dev.serin.simulator.profile.ModelProfile;
import dev.serin.simulator.profile.PlainProfile;
import dev.serin.simulator.profile.RealisticProfile;
import dev.serin.simulator.profile.Speed;
import dev.serin.simulator.profile.Verdict;
import dev.serin.simulator.provider.Fault;
import dev.serin.simulator.provider.InstantProfile;
import dev.serin.simulator.provider.StandInModel;
import dev.serin.simulator.provider.Words;
import io.vertx.core.Vertx;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A stand-in provider")
class StandInTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHAT = "/chat/completions";

    private static final ModelProfile STREAMED =
            new RealisticProfile(
                    "streamed",
                    "acme",
                    null,
                    new Distribution.Constant(21),
                    new Speed.Streamed(
                            new Distribution.Constant(60), new Distribution.Constant(10)),
                    new Failures(0.0, List.of(), 600_000, 1000.0),
                    null,
                    List.of(new Verdict("hallucination", 1, 1, new Distribution.Constant(0))),
                    List.of(),
                    0);

    private static final ModelProfile SLOW = new PlainProfile("slow", 60_000, 0, 0, 0, 0);

    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static StandIn standIn;

    @BeforeAll
    static void start() {
        standIn =
                StandIn.start(
                        VERTX,
                        0,
                        List.of(
                                new StandInModel(STREAMED, 1),
                                new StandInModel(SLOW, 1),
                                new StandInModel(new PlainProfile("broken", 1, 0, 1, 0, 0), 1),
                                new StandInModel(new InstantProfile("instant"), 1)));
    }

    @AfterAll
    static void stop() {
        standIn.close();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void endFault() {
        standIn.befall(null);
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return CLIENT.send(request(path, body), BodyHandlers.ofString());
    }

    private static HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(URI.create(standIn.baseUrl() + path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(standIn.baseUrl() + path)).build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    private static String chat(String model, String more) {
        return """
        {"model": "%s", "messages": [{"role": "user", "content": "What is a serin?"}]%s}\
        """
                .formatted(model, more);
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    private static List<JsonNode> events(String body) {
        return Arrays.stream(body.split("\n\n"))
                .flatMap(event -> event.lines().filter(line -> line.startsWith("data: ")))
                .map(line -> line.substring(6))
                .filter(data -> !data.equals("[DONE]"))
                .map(StandInTest::parse)
                .toList();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    @Test
    @DisplayName("lists its models, and shows one")
    void listsModels() throws Exception {
        assertThat(json(get("/models")).path("data").findValuesAsText("id"))
                .containsExactly("streamed", "slow", "broken", "instant");
        assertThat(json(get("/models/slow")).path("object").asText()).isEqualTo("model");
        assertThat(get("/models/none").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("answers a plain question after its profile's latency, with its tokens and labels")
    void answersPlainly() throws Exception {
        long began = System.nanoTime();
        var answer = post(CHAT, chat("streamed", ""));
        double ms = (System.nanoTime() - began) / 1e6;
        var json = json(answer);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(ms).isGreaterThanOrEqualTo(255);
        assertThat(json.path("usage").path("completion_tokens").asInt()).isEqualTo(21);
        assertThat(json.path("usage").path("prompt_tokens").asInt()).isEqualTo(5);
        assertThat(answer.headers().firstValue("serin-labels")).contains("hallucination=bad");
        assertThat(Words.areMadeUp(json.at("/choices/0/message/content").asText())).isTrue();
    }

    @Test
    @DisplayName("streams its answer token by token, and its usage only to who asked")
    void streams() throws Exception {
        var came = new ArrayList<Long>();
        var lines = new ArrayList<String>();
        var request = request(CHAT, chat("streamed", ", \"stream\": true"));
        long began = System.nanoTime();
        var answer = CLIENT.send(request, BodyHandlers.ofLines());
        answer.body()
                .forEach(line -> {
                    came.add((System.nanoTime() - began) / 1_000_000);
                    lines.add(line);
                });
        var body = String.join("\n", lines);

        assertThat(answer.headers().firstValue("content-type").orElse(""))
                .startsWith("text/event-stream");
        assertThat(came.getFirst()).isGreaterThanOrEqualTo(60);
        assertThat(came.getLast()).isGreaterThanOrEqualTo(255);
        assertThat(came.getLast() - came.getFirst()).isGreaterThanOrEqualTo(100);
        assertThat(body).doesNotContain("usage").endsWith("data: [DONE]\n");
        var text =
                events(body).stream()
                        .map(event -> event.at("/choices/0/delta/content").asText())
                        .collect(Collectors.joining());
        assertThat(text.split(" ")).hasSize(21);

        var told =
                events(
                        post(
                                        CHAT,
                                        chat(
                                                "streamed",
                                                """
                                                , "stream": true, "stream_options": {"include_usage": true}\
                                                """))
                                .body());
        assertThat(told.getLast().at("/usage/completion_tokens").asInt()).isEqualTo(21);
    }

    @Test
    @DisplayName("breaks an answer off at the length that was asked for")
    void breaksOff() throws Exception {
        var json = json(post(CHAT, chat("streamed", ", \"max_completion_tokens\": 3")));
        assertThat(json.at("/usage/completion_tokens").asInt()).isEqualTo(3);
        assertThat(json.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    }

    @Test
    @DisplayName("calls a tool with its required arguments, and talks once the tool has answered")
    void callsTools() throws Exception {
        var tools =
                """
                , "tools": [{"type": "function", "function": {"name": "weather", "parameters": {"type": "object",
                  "properties": {"city": {"type": "string"}, "days": {"type": "integer"}}, "required": ["city", "days"]}}}]\
                """;
        var call = json(post(CHAT, chat("instant", tools))).at("/choices/0");
        assertThat(call.path("finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(call.at("/message/tool_calls/0/function/name").asText()).isEqualTo("weather");
        assertThat(parse(call.at("/message/tool_calls/0/function/arguments").asText()))
                .isEqualTo(parse("{\"city\": \"serin\", \"days\": 1}"));

        var after =
                chat("instant", tools)
                        .replace("\"}]", "\"}, {\"role\": \"tool\", \"content\": \"20 degrees\"}]");
        assertThat(json(post(CHAT, after)).at("/choices/0/finish_reason").asText())
                .isEqualTo("stop");
    }

    @Test
    @DisplayName("answers embeddings as floats and as base64 of the same floats")
    void embeds() throws Exception {
        var question =
                """
                {"model": "streamed", "input": ["a", "b"], "dimensions": 4, "encoding_format": "%s"}\
                """;
        var floats = json(post("/embeddings", question.formatted("float"))).at("/data/1/embedding");
        var packed =
                json(post("/embeddings", question.formatted("base64"))).at("/data/1/embedding");
        var bytes =
                java.nio.ByteBuffer.wrap(packed.binaryValue())
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN);
        assertThat(floats).hasSize(4);
        floats.forEach(one -> assertThat((float) one.asDouble()).isEqualTo(bytes.getFloat()));
    }

    @Test
    @DisplayName("goes on from its own responses, and from no other's")
    void goesOnFromResponses() throws Exception {
        var first = json(post("/responses", "{\"model\": \"streamed\", \"input\": \"Hello\"}"));
        assertThat(first.at("/output/0/content/0/text").asText()).isNotBlank();
        var next =
                """
                {"model": "streamed", "input": "And?", "previous_response_id": "%s", "stream": true}\
                """;
        var events = events(post("/responses", next.formatted(first.path("id").asText())).body());
        assertThat(events.getLast().path("type").asText()).isEqualTo("response.completed");
        assertThat(events.getLast().at("/response/previous_response_id"))
                .isEqualTo(first.path("id"));

        var foreign = post("/responses", next.formatted("resp_of_somebody_else"));
        assertThat(foreign.statusCode()).isEqualTo(400);
        assertThat(json(foreign).at("/error/code").asText())
                .isEqualTo("previous_response_not_found");
    }

    @Test
    @DisplayName("fails as its profile says")
    void failsAsItsProfile() throws Exception {
        var answer = post(CHAT, chat("broken", ""));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(json(answer).at("/error/type").asText()).isEqualTo("server_error");
    }

    @Test
    @DisplayName("refuses a prompt that is longer than what its model reads")
    void refusesLongPrompts() throws Exception {
        var answer = post(CHAT, chat("streamed", "").replace("What", "What " + "so ".repeat(2000)));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/code").asText()).isEqualTo("context_length_exceeded");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    @DisplayName("is befallen by each fault from the next call on, and no longer than it lasts:")
    void isBefallen(Fault fault) throws Exception {
        standIn.befall(fault);
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < 40; i++) {
            statuses.add(post(CHAT, chat("instant", "")).statusCode());
        }
        switch (fault) {
            case LATENCY_SPIKE, QUALITY_DRIFT -> assertThat(statuses).containsOnly(200);
            case PARTIAL_OUTAGE -> assertThat(statuses).containsOnly(200, 500).contains(200, 500);
            case FULL_OUTAGE -> assertThat(statuses).containsOnly(500);
            case RATE_LIMIT -> assertThat(statuses).containsOnly(200, 429).contains(200, 429);
            case QUOTA -> assertThat(statuses).containsOnly(429);
            case CONTEXT_OVERFLOW -> assertThat(statuses).containsOnly(400);
        }
        standIn.befall(null);
        assertThat(post(CHAT, chat("instant", "")).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("says when to come again where it is rate limited")
    void saysWhenToComeAgain() throws Exception {
        standIn.befall(Fault.RATE_LIMIT);
        var answer = post(CHAT, chat("instant", ""));
        for (int i = 0; i < 100 && answer.statusCode() != 429; i++) {
            answer = post(CHAT, chat("instant", ""));
        }
        assertThat(answer.headers().firstValue("retry-after")).contains("2");
        assertThat(answer.headers().firstValue("x-ratelimit-remaining-requests")).contains("0");
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"model": "instant", "messages"                              | 400 | parse the JSON body
                    []                                                           | 400 | one JSON object
                    {"messages": [{"role": "user", "content": "?"}]}             | 400 | model parameter
                    {"model": "gpt-9", "messages": [{"role": "user"}]}           | 404 | streamed, slow, broken, instant
                    {"model": "instant", "messages": []}                         | 400 | 'messages'
                    {"model": "instant", "messages": [{}], "stream": "yes"}      | 400 | 'stream': true or false
                    {"model": "instant", "messages": [{}], "max_tokens": 0}      | 400 | 'max_tokens'
                    {"model": "instant", "messages": [{}], "n": 2}               | 400 | 'n'
                    """)
    @DisplayName("says what is wrong with a question as OpenAI's API does:")
    void saysWhatIsWrong(String body, int status, String says) throws Exception {
        var answer = post(CHAT, body);
        var error = json(answer).path("error");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(error.fieldNames())
                .toIterable()
                .containsExactly("message", "type", "param", "code");
        assertThat(error.path("message").asText()).contains(says);
    }

    @Test
    @DisplayName("has nothing at other addresses and for other methods")
    void hasNothingElse() throws Exception {
        assertThat(post("/images", "{}").statusCode()).isEqualTo(404);
        assertThat(get(CHAT).statusCode()).isEqualTo(405);
        assertThat(json(get("/nothing")).at("/error/code").asText()).isEqualTo("unknown_url");
    }

    @Test
    @DisplayName("refuses a body of more than 10 MB")
    void refusesLargeBodies() throws Exception {
        try (var socket = new java.net.Socket(StandIn.HOST, standIn.port())) {
            var out = socket.getOutputStream();
            var part = "a".repeat(1 << 16).getBytes(UTF_8);
            out.write(
                    "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
                            .formatted(161 * part.length)
                            .getBytes(UTF_8));
            for (int i = 0; i < 161; i++) {
                out.write(part);
            }
            out.flush();
            var first = new String(socket.getInputStream().readNBytes(12), UTF_8);
            assertThat(first).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    @DisplayName("forgets the answer of an asker who went away")
    void forgetsWhoWentAway() throws Exception {
        long before = standIn.calls();
        var client = HttpClient.newHttpClient();
        var asked = client.sendAsync(request(CHAT, chat("slow", "")), BodyHandlers.discarding());
        await().until(() -> standIn.calls() == before + 1);
        assertThat(standIn.waiting()).isEqualTo(1);
        asked.cancel(true);
        client.shutdownNow();
        await().until(() -> standIn.waiting() == 0);
    }

    @Test
    @DisplayName("refuses a port that another program has")
    void refusesTakenPorts() throws Exception {
        try (var taken = new ServerSocket(0, 1, java.net.InetAddress.getByName(StandIn.HOST))) {
            assertThatThrownBy(() -> StandIn.start(VERTX, taken.getLocalPort(), List.of()))
                    .isInstanceOf(WrongUse.class)
                    .hasMessageContaining("--port " + taken.getLocalPort());
        }
    }

    @Test
    @DisplayName("says the same under the same seed")
    void followsItsSeed() throws Exception {
        var profile = new PlainProfile("plain", 0.001, 0, 0.3, 0.3, 0);
        var statuses = new ArrayList<List<Integer>>();
        for (int run = 0; run < 2; run++) {
            try (var one = StandIn.start(VERTX, 0, List.of(new StandInModel(profile, 42)))) {
                var seen = new ArrayList<Integer>();
                for (int i = 0; i < 30; i++) {
                    var request =
                            HttpRequest.newBuilder(URI.create(one.baseUrl() + CHAT))
                                    .POST(BodyPublishers.ofString(chat("plain", "")))
                                    .build();
                    seen.add(CLIENT.send(request, BodyHandlers.ofString()).statusCode());
                }
                statuses.add(seen);
            }
        }
        assertThat(statuses.getFirst()).isEqualTo(statuses.getLast()).contains(200, 500);
    }
}
