package dev.serin.server.gateway;

import static dev.serin.engine.traffic.Arm.BASELINE;
import static dev.serin.engine.traffic.Arm.CANDIDATE;
import static dev.serin.server.gateway.Client.question;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.serin.server.rollout.Server;
import dev.serin.server.route.Flights;
import dev.serin.server.route.RouteTable;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@DisplayName("A call of a route")
class GatewayTest {

    private static final String FIRST =
            "data: {\"id\":\"chatcmpl-s%s\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}],\"usage\":null}\r\n\r\n";
    private static final String WORD =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hel\"}}]}\n\n";
    private static final String LAST =
            ": a comment\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String USAGE =
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":500}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private static final String ERRORS = "steps[0].total.candidate.find { it.of == 'error' }";

    @Inject Client client;
    @Inject Server server;
    @Inject RouteTable routes;
    @Inject Flights flights;

    private Upstream upstream;
    private String route = "";
    private String id = "";

    @BeforeEach
    void begin() {
        upstream = Upstream.at(client.upstreamPort());
        route = Server.newRoute();
        id = client.started(route);
    }

    @Test
    @DisplayName(
            "goes to its arm's provider with that one's model and key, and comes back byte for byte")
    void carries() throws Exception {
        var answer = Upstream.chat(route + "-1", "hello");
        upstream.says((_, line) -> line.json(200, answer, "X-Request-Id: r1", "Set-Cookie: a=b"));

        var candidate = client.chat(route, CANDIDATE);
        assertThat(candidate.statusCode()).isEqualTo(200);
        assertThat(candidate.body()).isEqualTo(answer);
        assertThat(candidate.headers().firstValue("Serin-Arm")).hasValue("candidate");
        assertThat(candidate.headers().firstValue("Serin-Model")).hasValue("new/large");
        assertThat(candidate.headers().firstValue("Serin-Rollout")).hasValue(id);
        assertThat(candidate.headers().firstValue("Serin-Step")).hasValue("0");
        assertThat(candidate.headers().firstValue("X-Request-Id")).hasValue("r1");
        assertThat(candidate.headers().firstValue("Set-Cookie")).isEmpty();

        var asked = upstream.asked().getFirst();
        assertThat(asked.line()).isEqualTo("POST /new/v1/chat/completions HTTP/1.1");
        assertThat(asked.headers())
                .containsEntry("authorization", "Bearer key-of-new")
                .doesNotContainKey("serin-key");
        assertThat(asked.body()).isEqualTo(question("large", ""));

        var baseline = client.chat(route, BASELINE);
        assertThat(baseline.headers().firstValue("Serin-Arm")).hasValue("baseline");
        assertThat(upstream.asked().getLast().headers())
                .containsEntry("authorization", "Bearer key-of-old");
        awaitCalls(1, 0);
        evidence().body("steps[0].total.candidate.find { it.of == 'cost_usd/1' }.sum", is(0.02f));
    }

    @Test
    @DisplayName("that is answered with an error is counted by its status, whoever answers so")
    void countsErrors() throws Exception {
        upstream.says((_, line) -> line.json(400, Upstream.error("odd")));
        double refused = errors(404);
        double passedOn = errors(400);
        client.send(client.post("/v1/chat/completions", question("nobody-knows", ""), "a"));
        client.chat(route, BASELINE);
        client.chat(route, BASELINE);
        // Telemetry comes in beside the models, and is none of them.
        given().contentType("application/json").body("{").post("/v1/traces").then().statusCode(400);
        assertThat(errors(404) - refused).isEqualTo(1);
        assertThat(errors(400) - passedOn).isEqualTo(2);
        assertThat(given().get("/q/metrics").asString())
                .doesNotContain("uri=\"/v1/chat/completions\"");
    }

    private static double errors(int status) {
        var name = "serin_gateway_errors_total{status=\"%d\"} ".formatted(status);
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .sum();
    }

    @Test
    @DisplayName("is shown on the page of a rollout that waits for its first one")
    void isShown() {
        given().get("/rollouts/" + id)
                .then()
                .body(
                        containsString("SERIN_SERVER:-http://localhost:8080}/v1/chat/completions"),
                        containsString("-d '{&quot;model&quot;: &quot;%s&quot;".formatted(route)));
    }

    @ParameterizedTest
    @CsvSource({"gzip, identity", "identity, gzip"})
    @DisplayName("whose body is said to be packed, by whichever of its headers, is refused unread")
    void isNotPacked(String first, String second) throws Exception {
        var answer =
                client.send(
                        client.post("/v1/chat/completions", question(route, ""), "a")
                                .header("Content-Encoding", first)
                                .header("Content-Encoding", second));
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    @DisplayName("streams as the answer comes, and hides the usage that only Serin asked for")
    void streams() throws Exception {
        var more = new CountDownLatch(1);
        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(FIRST.formatted(route).substring(0, 30));
            line.chunk(FIRST.formatted(route).substring(30) + WORD);
            more.await(10, TimeUnit.SECONDS);
            line.chunk(LAST + USAGE.substring(0, 20));
            line.chunk(USAGE.substring(20) + DONE);
            line.endStream();
        });
        var answer = client.stream(route, CANDIDATE);
        var early = FIRST.formatted(route) + WORD;
        assertThat(new String(answer.body().readNBytes(early.length()), UTF_8)).isEqualTo(early);
        assertThat(flights.of(route, CANDIDATE)).isEqualTo(1);
        more.countDown();
        assertThat(new String(answer.body().readAllBytes(), UTF_8)).isEqualTo(LAST + DONE);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        assertThat(upstream.asked().getFirst().body())
                .contains(
                        "\"large\",\"stream_options\":{\"include_usage\":true}, \"stream\": true");
        awaitCalls(1, 0);
        evidence()
                .body("steps[0].total.candidate.find { it.of == 'cost_usd/1' }.sum", is(0.02f))
                .body("steps[0].total.candidate.find { it.of == 'ttft_ms' }.n", is(1));
    }

    @Test
    @DisplayName("tells the usage of a stream to a client that asks for it")
    void tellsUsage() throws Exception {
        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(FIRST.formatted(route) + WORD + LAST + USAGE + DONE);
            line.endStream();
        });
        var wish = ", \"stream\": true, \"stream_options\": {\"include_usage\": true}";
        var answer =
                client.send(
                        client.post(
                                "/v1/chat/completions",
                                question(route, wish),
                                client.key(route, CANDIDATE)));
        assertThat(answer.body()).isEqualTo(FIRST.formatted(route) + WORD + LAST + USAGE + DONE);
        assertThat(upstream.asked().getFirst().body()).isEqualTo(question("large", wish));
    }

    @Test
    @DisplayName(
            "is answered by the baseline where the candidate fails, and the candidate alone is blamed")
    void retries() throws Exception {
        upstream.says((asked, line) -> {
            if (asked.isFor("large")) {
                line.json(500, Upstream.error("server_error"));
            } else {
                line.json(200, Upstream.chat(route + "-r", "from the old"));
            }
        });
        var answer = client.chat(route, CANDIDATE);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("from the old");
        assertThat(answer.headers().firstValue("Serin-Arm")).hasValue("baseline");
        assertThat(answer.headers().firstValue("Serin-Retried")).hasValue("5xx");
        awaitCalls(1, 1);
        assertThat(calls("baseline")).isZero();
    }

    @Test
    @DisplayName("is answered by the baseline where the candidate says nothing in its time")
    void retriesSlow() throws Exception {
        upstream.says((asked, line) -> {
            if (asked.isFor("large")) {
                line.isLeftWithin(10);
            } else {
                line.json(200, Upstream.chat(route + "-t", "from the old"));
            }
        });
        var answer = client.chat(route, CANDIDATE);
        assertThat(answer.body()).contains("from the old");
        assertThat(answer.headers().firstValue("Serin-Retried")).hasValue("timeout");
        awaitCalls(1, 1);
    }

    @Test
    @DisplayName(
            "is answered by the baseline where the candidate's provider cannot be reached or is unknown")
    void retriesUnreachable() throws Exception {
        upstream.says((_, line) -> line.json(200, Upstream.chat("c", "from the old")));
        for (var candidate : java.util.List.of("dead/large", "nobody/large")) {
            var other = Server.newRoute();
            client.started(other, candidate);
            var answer = client.chat(other, CANDIDATE);
            assertThat(answer.body()).contains("from the old");
            assertThat(answer.headers().firstValue("Serin-Retried"))
                    .hasValue(candidate.startsWith("dead") ? "connection" : "no_provider");
        }
    }

    @Test
    @DisplayName("blames the candidate for a refusal only where the baseline answers")
    void blamesForRefusals() throws Exception {
        upstream.says((asked, line) -> {
            boolean refused = asked.isFor("large") || asked.body().contains("\"bad\"");
            line.json(
                    refused ? 400 : 200,
                    refused
                            ? Upstream.error("unsupported_parameter")
                            : Upstream.chat(route + "-p", "from the old"));
        });
        var key = client.key(route, CANDIDATE);
        var bad =
                client.send(
                        client.post("/v1/chat/completions", question(route, ", \"bad\": 1"), key));
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.body()).isEqualTo(Upstream.error("unsupported_parameter"));
        var good = client.chat(route, CANDIDATE);
        assertThat(good.statusCode()).isEqualTo(200);
        assertThat(good.headers().firstValue("Serin-Retried")).hasValue("refused");
        awaitCalls(1, 1);
    }

    @Test
    @DisplayName("that its client leaves is let go of upstream, and is nobody's failure")
    void letsGo() throws Exception {
        var left = new AtomicReference<Boolean>();
        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(FIRST.formatted(route) + WORD);
            left.set(line.isLeftWithin(10));
        });
        var answer = client.stream(route, CANDIDATE);
        answer.body().read();
        answer.body().close();
        await().atMost(Duration.ofSeconds(5)).untilAtomic(left, is(true));
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(calls("candidate")).isEqualTo(1));
        evidence().body("steps[0].total.candidate.find { it.of == 'error' }", nullValue());
    }

    @Test
    @DisplayName("is known by its caller, of whom each counts once in the split")
    void countsKeys() throws Exception {
        upstream.says((_, line) -> line.json(200, Upstream.chat("same-id", "x")));
        for (int i = 0; i < 3; i++) {
            client.chat(route, CANDIDATE);
        }
        var user = ", \"user\": \"%s\"".formatted(client.key(route, CANDIDATE));
        var answer = client.send(client.post("/v1/chat/completions", question(route, user), " "));
        assertThat(answer.headers().firstValue("Serin-Arm")).hasValue("candidate");
        awaitCalls(4, 0);
        evidence()
                .body("steps[0].splitByServer", is(true))
                .body("steps[0].total.candidate.find { it.of == 'keys' }.n", is(1));
    }

    @Test
    @DisplayName("that builds on an answer stays on the arm that gave it")
    void staysOnItsArm() throws Exception {
        var answer =
                "{\"id\":\"resp_%s\",\"object\":\"response\",\"status\":\"completed\",\"error\":null,\"usage\":{\"input_tokens\":1000,\"output_tokens\":500}}"
                        .formatted(route);
        upstream.says((_, line) -> line.json(200, answer));
        var first =
                client.send(
                        client.post(
                                "/v1/responses",
                                question(route, ""),
                                client.key(route, CANDIDATE)));
        assertThat(first.body()).isEqualTo(answer);
        awaitCalls(1, 0);
        evidence().body("steps[0].total.candidate.find { it.of == 'cost_usd/1' }.sum", is(0.02f));
        var builds = ", \"previous_response_id\": \"resp_%s\"".formatted(route);
        var next =
                client.send(
                        client.post(
                                "/v1/responses",
                                question(route, builds),
                                client.key(route, BASELINE)));
        assertThat(next.headers().firstValue("Serin-Arm")).hasValue("candidate");
        assertThat(upstream.asked().getLast().line()).isEqualTo("POST /new/v1/responses HTTP/1.1");
    }

    @Test
    @DisplayName("may stream a response, and is told failed by its events")
    void streamsResponses() throws Exception {
        var begun =
                "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"id\":\"resp_s%s\",\"usage\":null}}\n\n"
                        .formatted(route);
        var word =
                "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"x\"}\n\n";
        var done =
                "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{\"id\":\"resp_s%s\",\"usage\":{\"input_tokens\":1000,\"output_tokens\":500}}}\n\n"
                        .formatted(route);
        var failed =
                "event: response.failed\ndata: {\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"server_error\"}}}\n\n";
        for (var end : java.util.List.of(done, failed)) {
            upstream.says((_, line) -> {
                line.beginStream();
                line.chunk(begun + word + end);
                line.endStream();
            });
            var answer =
                    client.send(
                            client.post(
                                    "/v1/responses",
                                    question(route, ", \"stream\": true"),
                                    client.key(route, CANDIDATE)));
            assertThat(answer.body()).isEqualTo(begun + word + end);
            assertThat(upstream.asked().getFirst().body()).doesNotContain("stream_options");
        }
        awaitCalls(2, 1);
        evidence().body("steps[0].total.candidate.find { it.of == 'ttft_ms' }.n", is(1));
    }

    @Test
    @DisplayName(
            "may stream a response whose last event is too long to be read, and is not truncated")
    void streamsMuch() throws Exception {
        var done =
                "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"resp_m%s\",\"image\":\"%s\"}}\n\n"
                        .formatted(route, "a".repeat(5 << 20));
        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(done);
            line.endStream();
        });
        var asked = client.post("/v1/responses", question(route, ""), client.key(route, CANDIDATE));
        assertThat(client.send(asked).body()).isEqualTo(done);
        awaitCalls(1, 0);

        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(done.strip());
            line.endStream();
        });
        assertThat(client.send(asked).body()).isEqualTo(done.strip());
        awaitCalls(2, 1);
    }

    @Test
    @DisplayName("may ask for embeddings, of any size")
    void embeds() throws Exception {
        var answer =
                "{\"object\":\"list\",\"data\":[{\"embedding\":[%s0.5]}],\"usage\":{\"prompt_tokens\":2000,\"total_tokens\":2000}}"
                        .formatted("-0.0123,".repeat(20_000));
        upstream.says((_, line) -> line.json(200, answer));
        var got =
                client.send(
                        client.post(
                                "/v1/embeddings",
                                question(route, ", \"input\": \"a\""),
                                client.key(route, CANDIDATE)));
        assertThat(got.body()).isEqualTo(answer);
        awaitCalls(1, 0);
        evidence().body("steps[0].total.candidate.find { it.of == 'cost_usd/1' }.sum", is(0.02f));
    }

    @Test
    @DisplayName(
            "goes to the baseline while the candidate's provider rests, and that counts for the candidate")
    void letsRest() throws Exception {
        upstream.says((asked, line) -> {
            if (asked.isFor("large")) {
                line.json(503, Upstream.error("overloaded"), "Retry-After: 60");
            } else {
                line.json(200, Upstream.chat("b-" + route, "from the old"));
            }
        });
        // Twenty good calls lie behind; half of the last twenty must fail.
        for (int i = 0; i < 10; i++) {
            assertThat(client.chat(route, CANDIDATE).headers().firstValue("Serin-Retried"))
                    .hasValue("5xx");
        }
        var answer = client.chat(route, CANDIDATE);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Serin-Retried")).hasValue("provider_resting");
        assertThat(upstream.askedFor("large")).isEqualTo(10);
        awaitCalls(11, 11);
        given().get("/q/metrics")
                .then()
                .body(containsString("serin_gateway_breaker{provider=\"new\"} 2.0"));
        given().accept("text/html")
                .get("/routes/" + route)
                .then()
                .body(containsString("Provider new"))
                .body(containsString("0 baseline, 0 candidate"))
                .body(containsString("rests <small>failed too often"));
    }

    @Test
    @DisplayName("goes to the route's model alone after a rollback, and is no evidence any more")
    void goesToTheModel() throws Exception {
        upstream.says((_, line) -> line.json(200, Upstream.chat("c", "x")));
        var key = client.key(route, CANDIDATE);
        server.say(id, "rollback", "{\"version\": 1}").statusCode(200);
        routes.refresh();
        var answer = client.send(client.post("/v1/chat/completions", question(route, ""), key));
        assertThat(answer.headers().firstValue("Serin-Model")).hasValue("old/small");
        assertThat(answer.headers().firstValue("Serin-Rollout")).isEmpty();
    }

    @Test
    @DisplayName("that cannot be carried is answered with an error that OpenAI's clients read")
    void refuses() throws Exception {
        refused(404, "model_not_found", "/v1/chat/completions", question("no-such-route", ""));
        refused(400, "invalid_request", "/v1/chat/completions", "{\"model\": ");
        refused(400, "invalid_request", "/v1/chat/completions", "[]");
        refused(400, "invalid_request", "/v1/chat/completions", "{}");
        refused(400, "invalid_request", "/v1/chat/completions", "");
        refused(
                400,
                "invalid_request",
                "/v1/chat/completions",
                "{\"model\": \"a\", \"model\": \"%s\"}".formatted(route));
        refused(
                413,
                "body_too_large",
                "/v1/chat/completions",
                question(route, ", \"x\": \"%s\"".formatted("y".repeat(200_000))));
        refused(404, "unknown_url", "/v1/nowhere", "{}");
        given().get("/v1/chat/completions")
                .then()
                .statusCode(405)
                .header("Allow", "POST")
                .body("error.code", is("method_not_allowed"));
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    @DisplayName("may name any route that is listed among the models")
    void listsRoutes() {
        given().get("/v1/models")
                .then()
                .statusCode(200)
                .body("object", is("list"))
                .body("data.find { it.id == '%s' }.object".formatted(route), is("model"));
        given().get("/v1/models/" + route).then().statusCode(200).body("id", is(route));
        given().get("/v1/models/nowhere").then().statusCode(404);
        for (var path : List.of("/v1/models", "/v1/models/" + route)) {
            given().head(path).then().statusCode(200).header("Content-Type", "application/json");
            given().post(path)
                    .then()
                    .statusCode(405)
                    .header("Allow", "GET, HEAD")
                    .body("error.code", is("method_not_allowed"));
        }
    }

    private void refused(int status, String code, String path, String body) throws Exception {
        var answer = client.send(client.post(path, body, "k"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        var error = new io.vertx.core.json.JsonObject(answer.body()).getJsonObject("error");
        assertThat(error.getString("code")).isEqualTo(code);
        assertThat(error.getString("message")).isNotBlank();
        assertThat(error.containsKey("param")).isTrue();
        assertThat(error.getString("type")).isEqualTo("invalid_request_error");
    }

    /// Waits until the candidate's calls are stored.
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

    private int calls(String arm) {
        Integer calls =
                evidence()
                        .extract()
                        .path("steps[0].total.%s.find { it.of == 'calls' }?.n".formatted(arm));
        return calls == null ? 0 : calls;
    }
}
