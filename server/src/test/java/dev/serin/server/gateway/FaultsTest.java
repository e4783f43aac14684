package dev.serin.server.gateway;

import static dev.serin.engine.traffic.Arm.BASELINE;
import static dev.serin.engine.traffic.Arm.CANDIDATE;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.serin.server.rollout.Server;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@DisplayName("A provider over a real socket")
class FaultsTest {

    private static final String WORD =
            "data: {\"id\":\"%s\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hel\"}}]}\n\n";
    private static final String OK =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";

    @Inject Client client;
    @Inject AgroalDataSource database;

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
            "that stalls within a stream is given up; what came is kept, and told to be cut short")
    void stallsInAStream() throws Exception {
        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(WORD.formatted(route));
            line.isLeftWithin(10);
        });
        var got = readAll(client.stream(route, CANDIDATE));
        assertThat(got.whole).isFalse();
        assertThat(got.text).startsWith(WORD.formatted(route) + "data: {\"error\":");
        assertThat(got.text).contains("\"code\":\"provider_stalled\"").endsWith("\n\n");
        awaitFailure("stalled");
        assertThat(upstream.askedFor("small")).isZero();
    }

    @Test
    @DisplayName("that breaks off within an event leaves an answer that nobody takes for whole")
    void breaksOff() throws Exception {
        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(WORD.formatted(route) + "data: {\"choi");
        });
        var got = readAll(client.stream(route, CANDIDATE));
        assertThat(got.whole).isFalse();
        assertThat(got.text).startsWith(WORD.formatted(route));
        awaitFailure("truncated");
    }

    @Test
    @DisplayName("that ends a stream before it is over has failed, though it ends it well")
    void endsEarly() throws Exception {
        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(WORD.formatted(route));
            line.endStream();
        });
        var got = readAll(client.stream(route, CANDIDATE));
        assertThat(got.text).isEqualTo(WORD.formatted(route));
        awaitFailure("truncated");
    }

    @Test
    @DisplayName("that sends an error as its first event is replaced by the baseline")
    void errorFirst() throws Exception {
        upstream.says((asked, line) -> {
            line.beginStream();
            line.chunk(
                    asked.isFor("large")
                            ? "data: " + Upstream.error("server_is_overloaded") + "\n\n"
                            : WORD.formatted("b-" + route) + "data: [DONE]\n\n");
            line.endStream();
        });
        var answer = client.stream(route, CANDIDATE);
        assertThat(answer.headers().firstValue("Serin-Retried")).hasValue("error_in_answer");
        assertThat(readAll(answer).text).startsWith(WORD.formatted("b-" + route));
        awaitFailure("error_in_answer");
    }

    @Test
    @DisplayName(
            "that keeps a stream alive by comments and then sends an error is replaced by the baseline")
    void errorAfterComments() throws Exception {
        upstream.says((asked, line) -> {
            line.beginStream();
            if (asked.isFor("large")) {
                line.chunk(": processing\n\n");
                line.chunk(": processing\n\n");
                line.chunk("data: " + Upstream.error("server_error") + "\n\n");
            } else {
                line.chunk(WORD.formatted("b-" + route) + "data: [DONE]\n\n");
            }
            line.endStream();
        });
        var answer = client.stream(route, CANDIDATE);
        assertThat(answer.headers().firstValue("Serin-Retried")).hasValue("error_in_answer");
        assertThat(readAll(answer).text).startsWith(WORD.formatted("b-" + route));
        awaitFailure("error_in_answer");
    }

    @Test
    @DisplayName("that keeps a stream alive by comments is passed on with them")
    void passesComments() throws Exception {
        var all = ": processing\n\n" + WORD.formatted(route) + "data: [DONE]\n\n";
        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(all.substring(0, 10));
            line.chunk(all.substring(10, 20));
            line.chunk(all.substring(20));
            line.endStream();
        });
        assertThat(readAll(client.stream(route, CANDIDATE)).text).isEqualTo(all);
    }

    @Test
    @DisplayName("that packs what it was asked to leave as it is is read all the same")
    void packs() throws Exception {
        upstream.says((asked, line) -> {
            if (asked.body().contains("stream")) {
                line.packed(
                        200,
                        "text/event-stream",
                        WORD.formatted("s-" + route)
                                + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":500}}\n\ndata: [DONE]\n\n");
            } else {
                line.packed(200, "application/json", Upstream.chat("p-" + route, "hello"));
            }
        });
        var plain = client.chat(route, CANDIDATE);
        assertThat(plain.body()).isEqualTo(Upstream.chat("p-" + route, "hello"));
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(readAll(client.stream(route, CANDIDATE)).text)
                .isEqualTo(WORD.formatted("s-" + route) + "data: [DONE]\n\n");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        given().get("/api/v1/rollouts/" + id + "/evidence")
                                .then()
                                .body(
                                        "steps[0].total.candidate.find { it.of == 'cost_usd/1' }.sum",
                                        is(0.04f)));
        assertThat(upstream.asked().getFirst().headers())
                .containsEntry("accept-encoding", "identity");
    }

    @Test
    @DisplayName("that packs an error is blamed for what it says")
    void packsAnError() throws Exception {
        upstream.says((asked, line) -> {
            if (asked.isFor("large")) {
                line.packed(429, "application/json", Upstream.error("insufficient_quota"));
            } else {
                line.json(200, Upstream.chat("b-" + route, "from the old"));
            }
        });
        var answer = client.chat(route, CANDIDATE);
        assertThat(answer.headers().firstValue("Serin-Retried")).hasValue("insufficient_quota");
        awaitFailure("insufficient_quota");
    }

    @Test
    @DisplayName(
            "that sends an error after its first event has failed, and its client reads what it said")
    void errorWithin() throws Exception {
        var all =
                WORD.formatted(route)
                        + "event: error\ndata: "
                        + Upstream.error("server_error")
                        + "\n\n";
        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(all);
            line.endStream();
        });
        assertThat(readAll(client.stream(route, CANDIDATE)).text).isEqualTo(all);
        awaitFailure("error_in_answer");
    }

    @Test
    @DisplayName("that sends broken events has failed")
    void brokenEvents() throws Exception {
        var all = WORD.formatted(route) + "data: {\"choices\": oops}\n\ndata: [DONE]\n\n";
        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk(all);
            line.endStream();
        });
        assertThat(readAll(client.stream(route, CANDIDATE)).text).isEqualTo(all);
        awaitFailure("broken_answer");
    }

    @Test
    @DisplayName("that promises more bytes than it sends is replaced by the baseline")
    void sendsLess() throws Exception {
        onlyLarge(OK + "Content-Length: 5000\r\n\r\n" + Upstream.chat("c", "x"), "truncated");
    }

    @Test
    @DisplayName("that sends more bytes than it promises is replaced by the baseline")
    void sendsMore() throws Exception {
        onlyLarge(OK + "Content-Length: 20\r\n\r\n" + Upstream.chat("c", "x"), "broken_answer");
    }

    @Test
    @DisplayName("that answers with a page is replaced by the baseline")
    void answersWithAPage() throws Exception {
        onlyLarge(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>",
                "unexpected_answer");
    }

    @Test
    @DisplayName("that answers with nothing is replaced by the baseline")
    void answersWithNothing() throws Exception {
        onlyLarge(OK + "Content-Length: 0\r\n\r\n", "empty_answer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"choices\":[]}",
                "{\"message\":\"no healthy upstream\"}",
                "data: [DONE]\n\n",
                ": a comment\n\ndata: [DONE]\n\n"
            })
    @DisplayName("that answers with no choice is replaced by the baseline")
    void answersWithoutChoice(String body) throws Exception {
        var json = reply(200, body);
        onlyLarge(
                body.startsWith("{") ? json : json.replace("application/json", "text/event-stream"),
                "empty_answer");
    }

    @Test
    @DisplayName("that hangs up before it answers is replaced by the baseline")
    void hangsUp() throws Exception {
        onlyLarge("", "connection");
    }

    @Test
    @DisplayName("that speaks no HTTP is replaced by the baseline")
    void speaksNoHttp() throws Exception {
        onlyLarge("SSH-2.0-OpenSSH\r\n\r\n", "connection");
    }

    @Test
    @DisplayName("of the baseline that answers with a page is told in OpenAI's words")
    void baselineAnswersWithAPage() throws Exception {
        upstream.says((_, line) ->
                line.raw(
                        "HTTP/1.1 503 X\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>"));
        var answer = client.chat(route, BASELINE);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(error(answer).getString("code")).isEqualTo("provider_failed");
        upstream.says((_, line) -> line.json(401, Upstream.error("invalid_api_key")));
        answer = client.chat(route, BASELINE);
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(error(answer).getString("code")).isEqualTo("provider_refused_key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Retry-After: 7", "Retry-After: Wed, 21 Oct 2065 07:28:00 GMT", ""})
    @DisplayName("of the baseline that limits the rate is passed on as it says it")
    void limitsTheRate(String header) throws Exception {
        upstream.says((_, line) -> {
            if (header.isEmpty()) {
                line.json(429, Upstream.error("rate_limit_exceeded"));
            } else {
                line.json(429, Upstream.error("rate_limit_exceeded"), header);
            }
        });
        var answer = client.chat(route, BASELINE);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).isEqualTo(Upstream.error("rate_limit_exceeded"));
        assertThat(
                        answer.headers()
                                .firstValue("Retry-After")
                                .map("Retry-After: "::concat)
                                .orElse(""))
                .isEqualTo(header);
    }

    @Test
    @DisplayName(
            "that limits the candidate's rate is replaced by the baseline, under a class of its own")
    void limitsTheCandidate() throws Exception {
        onlyLarge(reply(429, Upstream.error("rate_limit_exceeded")), "429");
    }

    @Test
    @DisplayName("that is overlong is passed through as it comes, also without an end")
    void passesLongAnswers() throws Exception {
        var words = "w".repeat(300_000);
        var answer = Upstream.chat(route, words);
        upstream.says((_, line) -> {
            line.raw(OK + "Transfer-Encoding: chunked\r\n\r\n");
            line.chunk(answer.substring(0, 150_000));
            line.chunk(answer.substring(150_000));
            line.endStream();
        });
        assertThat(client.chat(route, CANDIDATE).body()).isEqualTo(answer);
        upstream.says((_, line) -> {
            line.raw(OK + "Transfer-Encoding: chunked\r\n\r\n");
            line.chunk(answer.substring(0, 150_000));
        });
        assertThatThrownBy(() -> client.chat(route, CANDIDATE)).isInstanceOf(IOException.class);
        awaitFailure("truncated");
    }

    private void onlyLarge(String raw, String why) throws Exception {
        upstream.says((asked, line) -> {
            if (asked.isFor("large")) {
                line.raw(raw);
            } else {
                line.json(200, Upstream.chat("b-" + route, "from the old"));
            }
        });
        var answer = client.chat(route, CANDIDATE);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("from the old");
        assertThat(answer.headers().firstValue("Serin-Retried")).hasValue(why);
        awaitFailure(why);
    }

    /// Waits until the candidate has one bad call, and compares its class.
    private void awaitFailure(String why) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(badCalls()).containsExactly(why));
    }

    private List<String> badCalls() throws SQLException {
        var classes = new ArrayList<String>();
        try (var connection = database.getConnection();
                var query =
                        connection.prepareStatement(
                                "select error_class from call where rollout = ?::uuid and arm = 1 and error_class is not null")) {
            query.setString(1, id);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    classes.add(rows.getString(1));
                }
            }
        }
        return classes;
    }

    private static String reply(int status, String body) {
        return "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, body.length(), body);
    }

    private static JsonObject error(HttpResponse<String> answer) {
        return new JsonObject(answer.body()).getJsonObject("error");
    }

    private record Got(String text, boolean whole) {}

    /// All that comes, and whether its end came too.
    private static Got readAll(HttpResponse<java.io.InputStream> answer) {
        var text = new ByteArrayOutputStream();
        try {
            for (int sign = answer.body().read(); sign >= 0; sign = answer.body().read()) {
                text.write(sign);
            }
            return new Got(text.toString(UTF_8), true);
        } catch (IOException _) {
            return new Got(text.toString(UTF_8), false);
        }
    }
}
