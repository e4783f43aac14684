package dev.serin.server.gateway;

import static dev.serin.engine.traffic.Arm.BASELINE;
import static dev.serin.engine.traffic.Arm.CANDIDATE;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.serin.engine.traffic.Arm;
import dev.serin.server.rollout.Server;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@DisplayName("A message to a route whose models are Anthropic's")
class AnthropicMessagesTest {

    private static final String PATH = "/v1/messages";
    private static final String COUNT = PATH + "/count_tokens";

    private static final String START =
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_s%s\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"opus-1\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":200,\"cache_creation_input_tokens\":300,\"cache_read_input_tokens\":500,\"output_tokens\":1}}}\n\n"
                    + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
                    + "event: ping\ndata: {\"type\": \"ping\"}\n\n";
    private static final String WORD =
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"hel\"}}\n\n";
    private static final String END =
            "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
                    + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":500}}\n\n"
                    + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    private static final String ERROR =
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";

    private static final String ERRORS = "steps[0].total.candidate.find { it.of == 'error' }";

    @Inject Client client;
    @Inject AgroalDataSource database;

    private Upstream upstream;
    private String route = "";
    private String id = "";

    @BeforeEach
    void begin() {
        upstream = Upstream.at(client.upstreamPort());
        route = Server.newRoute();
        id = client.started(route, "calm/haiku", "bold/opus", "");
    }

    @Test
    @DisplayName(
            "goes to its arm with that one's model, key and version, and comes back byte for byte")
    void carries() throws Exception {
        var answer = message("msg_" + route, "hello");
        upstream.says((_, line) -> line.json(200, answer, "request-id: req_1"));

        var candidate = send(CANDIDATE, "");
        assertThat(candidate.statusCode()).isEqualTo(200);
        assertThat(candidate.body()).isEqualTo(answer);
        assertThat(candidate.headers().firstValue("Serin-Arm")).hasValue("candidate");
        assertThat(candidate.headers().firstValue("Serin-Model")).hasValue("bold/opus");
        assertThat(candidate.headers().firstValue("Serin-Rollout")).hasValue(id);
        assertThat(candidate.headers().firstValue("request-id")).hasValue("req_1");
        var asked = upstream.asked().getFirst();
        assertThat(asked.line()).isEqualTo("POST /bold/v1/messages HTTP/1.1");
        assertThat(asked.headers())
                .containsEntry("x-api-key", "key-of-bold")
                .containsEntry("anthropic-version", "2023-06-01")
                .containsEntry("anthropic-beta", "tools-9")
                .doesNotContainKeys("authorization", "serin-key");
        assertThat(asked.body()).isEqualTo(question("opus", ""));

        var baseline = send(BASELINE, "");
        assertThat(baseline.headers().firstValue("Serin-Arm")).hasValue("baseline");
        assertThat(upstream.asked().getLast().headers()).containsEntry("x-api-key", "key-of-calm");
        awaitCalls(1, 0);
        assertThat(cost()).isCloseTo(0.0161, within(1e-6));
    }

    @Test
    @DisplayName("streams as the answer comes, and its first word, tokens and cost are seen")
    void streams() throws Exception {
        var more = new CountDownLatch(1);
        var start = START.formatted(route);
        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(start.substring(0, 50));
            line.chunk(start.substring(50) + WORD);
            more.await(10, TimeUnit.SECONDS);
            line.chunk(END.substring(0, 99));
            line.chunk(END.substring(99));
            line.endStream();
        });
        var answer = open(CANDIDATE);
        var early = start + WORD;
        assertThat(new String(answer.body().readNBytes(early.length()), UTF_8)).isEqualTo(early);
        more.countDown();
        assertThat(new String(answer.body().readAllBytes(), UTF_8)).isEqualTo(END);
        assertThat(upstream.asked().getFirst().body())
                .isEqualTo(question("opus", ", \"stream\": true"));
        awaitCalls(1, 0);
        assertThat(cost()).isCloseTo(0.0161, within(1e-6));
        evidence().body("steps[0].total.candidate.find { it.of == 'ttft_ms' }.n", is(1));
    }

    @Test
    @DisplayName("has its tokens counted by its arm's model, which is no observation")
    void countsTokens() throws Exception {
        upstream.says((_, line) -> line.json(200, "{\"input_tokens\": 2095}"));
        var counted = client.send(request(COUNT, CANDIDATE, ""));
        assertThat(counted.statusCode()).isEqualTo(200);
        assertThat(counted.body()).isEqualTo("{\"input_tokens\": 2095}");
        assertThat(counted.headers().firstValue("Serin-Arm")).hasValue("candidate");
        var asked = upstream.asked().getFirst();
        assertThat(asked.line()).isEqualTo("POST /bold/v1/messages/count_tokens HTTP/1.1");
        assertThat(asked.body()).isEqualTo(question("opus", ""));

        upstream.says((_, line) -> line.json(200, message("msg_" + route, "hello")));
        send(CANDIDATE, "");
        awaitCalls(1, 0);
    }

    @Test
    @DisplayName("has its tokens counted by the baseline's model where the candidate's cannot")
    void countsTokensElsewhere() throws Exception {
        upstream.says((asked, line) -> {
            if (asked.isFor("opus")) {
                line.json(529, error("overloaded_error"));
            } else {
                line.json(200, "{\"input_tokens\": 7}");
            }
        });
        var counted = client.send(request(COUNT, CANDIDATE, ""));
        assertThat(counted.body()).isEqualTo("{\"input_tokens\": 7}");
        assertThat(counted.headers().firstValue("Serin-Arm")).hasValue("baseline");

        upstream.says((_, line) -> line.json(200, message("msg_" + route, "hello")));
        send(CANDIDATE, "");
        awaitCalls(1, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "529, overloaded_error, overloaded",
        "429, rate_limit_error, 429",
        "500, api_error, 5xx",
        "401, authentication_error, provider_key",
        "400, invalid_request_error, refused"
    })
    @DisplayName("is answered by the baseline where the candidate fails, and its class is seen")
    void retries(int status, String type, String errorClass) throws Exception {
        upstream.says((asked, line) -> {
            if (asked.isFor("opus")) {
                line.json(status, error(type));
            } else {
                line.json(200, message("msg_b" + route, "from the old"));
            }
        });
        var answer = send(CANDIDATE, "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("from the old");
        assertThat(answer.headers().firstValue("Serin-Arm")).hasValue("baseline");
        assertThat(answer.headers().firstValue("Serin-Retried")).hasValue(errorClass);
        awaitCalls(1, 1);
        assertThat(classes()).containsExactly(errorClass);
    }

    @Test
    @DisplayName(
            "fails by an error within its stream: before the first word it goes to the baseline, after it the client reads it")
    void failsInItsStream() throws Exception {
        upstream.says((asked, line) -> {
            line.beginStream();
            line.chunk(asked.isFor("opus") ? ERROR : START.formatted("b" + route) + WORD + END);
            line.endStream();
        });
        var early = open(CANDIDATE);
        assertThat(new String(early.body().readAllBytes(), UTF_8))
                .isEqualTo(START.formatted("b" + route) + WORD + END);
        assertThat(early.headers().firstValue("Serin-Retried")).hasValue("overloaded");
        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(START.formatted(route) + WORD + ERROR);
            line.endStream();
        });
        var late = open(CANDIDATE);
        assertThat(new String(late.body().readAllBytes(), UTF_8))
                .isEqualTo(START.formatted(route) + WORD + ERROR);
        awaitCalls(2, 2);
        assertThat(classes()).containsExactly("overloaded", "overloaded");
    }

    @Test
    @DisplayName("that stands still within its stream gets an error event, and no end")
    void standsStill() throws Exception {
        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(START.formatted(route) + WORD);
            line.isLeftWithin(10);
        });
        var body = open(CANDIDATE).body();
        var came = new java.io.ByteArrayOutputStream();
        try {
            body.transferTo(came);
        } catch (java.io.IOException _) {
            // cut off, as it must be
        }
        assertThat(came.toString(UTF_8))
                .startsWith(START.formatted(route) + WORD + "event: error\ndata: ")
                .contains("\"type\":\"timeout_error\"")
                .doesNotContain("message_stop");
        awaitCalls(1, 1);
        assertThat(classes()).containsExactly("stalled");
    }

    @Test
    @DisplayName("that ends early is a failure")
    void endsEarly() throws Exception {
        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(START.formatted(route) + WORD);
            line.endStream();
        });
        assertThat(new String(open(CANDIDATE).body().readAllBytes(), UTF_8))
                .isEqualTo(START.formatted(route) + WORD);
        awaitCalls(1, 1);
        assertThat(classes()).containsExactly("truncated");
    }

    @Test
    @DisplayName("that nobody can answer is told so by what the provider said")
    void passesErrorsOn() throws Exception {
        upstream.says((_, line) -> line.json(529, error("overloaded_error"), "Retry-After: 7"));
        var answer = send(CANDIDATE, "");
        assertThat(answer.statusCode()).isEqualTo(529);
        assertThat(answer.body()).isEqualTo(error("overloaded_error"));
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
        upstream.says((_, line) -> line.json(401, error("authentication_error")));
        var hidden = send(CANDIDATE, "");
        assertThat(hidden.statusCode()).isEqualTo(502);
        assertThat(told(hidden).getString("type")).isEqualTo("api_error");
        assertThat(told(hidden).getString("message")).contains("refused Serin's key");
    }

    @Test
    @DisplayName("that cannot be carried is answered with an error that Anthropic's clients read")
    void refuses() throws Exception {
        refused(404, "not_found_error", PATH, question("no-such-route", ""));
        refused(400, "invalid_request_error", PATH, "{\"model\": ");
        refused(400, "invalid_request_error", PATH, "{}");
        refused(
                413,
                "request_too_large",
                PATH,
                question(route, ", \"x\": \"%s\"".formatted("y".repeat(200_000))));
        refused(404, "not_found_error", PATH + "/batches", "{}");
        refused(404, "not_found_error", COUNT, question("no-such-route", ""));
        refused(400, "invalid_request_error", COUNT, "{}");
        given().get(PATH)
                .then()
                .statusCode(405)
                .header("Allow", "POST")
                .body("error.type", is("invalid_request_error"));
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    @DisplayName("may name any route that is listed among the models, as Anthropic lists them")
    void listsRoutes() {
        given().header("anthropic-version", "2023-06-01")
                .get("/v1/models")
                .then()
                .statusCode(200)
                .body("has_more", is(false))
                .body("data.find { it.id == '%s' }.type".formatted(route), is("model"));
        given().header("anthropic-version", "2023-06-01")
                .get("/v1/models/nowhere")
                .then()
                .statusCode(404)
                .body("type", is("error"))
                .body("error.type", is("not_found_error"));
    }

    @Test
    @DisplayName("keeps its arm by the user whom its metadata name")
    void keepsItsArm() throws Exception {
        upstream.says((_, line) -> line.json(200, message("msg_u" + route, "hi")));
        var user = client.key(route, CANDIDATE);
        var answer =
                client.send(
                        client.post(
                                PATH,
                                question(
                                        route,
                                        ", \"metadata\": {\"user_id\": \"%s\"}".formatted(user)),
                                " "));
        assertThat(answer.headers().firstValue("Serin-Arm")).hasValue("candidate");
    }

    static String message(String id, String words) {
        return "{\"id\":\"%s\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"opus-1\",  \"content\":[{\"type\":\"text\",\"text\":\"%s\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":200,\"cache_creation_input_tokens\":300,\"cache_read_input_tokens\":500,\"output_tokens\":500}}"
                .formatted(id, words);
    }

    static String error(String type) {
        return "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"told by the provider\"},\"request_id\":\"req_2\"}"
                .formatted(type);
    }

    private static String question(String model, String more) {
        return "{\"max_tokens\": 100, \"messages\": [{\"role\":\"user\",\"content\":\"hi\"}],  \"model\" : \"%s\"%s}"
                .formatted(model, more);
    }

    private HttpRequest.Builder request(Arm arm, String more) {
        return request(PATH, arm, more);
    }

    private HttpRequest.Builder request(String path, Arm arm, String more) {
        return client.post(path, question(route, more), client.key(route, arm))
                .header("x-api-key", "sk-ant-of-the-client")
                .header("anthropic-beta", "tools-9");
    }

    private HttpResponse<String> send(Arm arm, String more) throws Exception {
        return client.send(request(arm, more));
    }

    private HttpResponse<InputStream> open(Arm arm) throws Exception {
        return client.open(request(arm, ", \"stream\": true"));
    }

    private static JsonObject told(HttpResponse<String> answer) {
        var body = new JsonObject(answer.body());
        assertThat(body.getString("type")).isEqualTo("error");
        return body.getJsonObject("error");
    }

    private void refused(int status, String type, String path, String body) throws Exception {
        var answer = client.send(client.post(path, body, "k"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(told(answer).getString("type")).isEqualTo(type);
        assertThat(told(answer).getString("message")).isNotBlank();
    }

    private void awaitCalls(int calls, int failed) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        evidence()
                                .body(ERRORS + ".n", is(calls))
                                .body(ERRORS + ".bad", is(failed)));
    }

    private double cost() {
        Number sum =
                evidence()
                        .extract()
                        .path("steps[0].total.candidate.find { it.of == 'cost_usd/1' }.sum");
        return sum.doubleValue();
    }

    private ValidatableResponse evidence() {
        return given().get("/api/v1/rollouts/" + id + "/evidence").then();
    }

    private List<String> classes() throws SQLException {
        var classes = new ArrayList<String>();
        try (var connection = database.getConnection();
                var query =
                        connection.prepareStatement(
                                "select error_class from call where rollout = ?::uuid and error_class is not null")) {
            query.setString(1, id);
            var rows = query.executeQuery();
            while (rows.next()) {
                classes.add(rows.getString(1));
            }
        }
        return classes;
    }
}
