package dev.serin.server.blackbox;

import static dev.serin.server.blackbox.Asking.FORM;
import static dev.serin.server.blackbox.Asking.JSON;
import static dev.serin.server.blackbox.Asking.YAML;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("The packaged program")
class BlackBoxIT {

    private static final String NAME = "admin";
    private static final String PASSWORD = "a long enough password";

    private static final Pattern ROW = Pattern.compile("\\| ([A-Z]+) \\| `([^`]+)` \\| [a-z]+ \\|");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern LINKED = Pattern.compile("(?:href|src)=\"(/[^\"?#]+\\.[a-z0-9]+)");

    /// Only on a demo, or for who builds the pages.
    private static final List<String> ELSEWHERE = List.of("/demo/play", "/styleguide");

    @TempDir static Path data;
    private Program provider;
    private Program server;
    private Asking serin;
    private String rollout;

    @BeforeAll
    void start() throws Exception {
        provider =
                Program.start(
                        Map.of(),
                        "Stand-in provider: ",
                        "provider",
                        "--port",
                        "0",
                        "--profile",
                        "gpt-4-good",
                        "--profile",
                        "gpt-3.5",
                        "--instant");
        server =
                Program.serve(
                        Map.of(
                                "SERIN_ADMIN_PASSWORD",
                                PASSWORD,
                                "SERIN_PROVIDERS_STAND_BASE_URL",
                                provider.address().toString()),
                        data.resolve("serin"));
        serin = new Asking(server.address(), NAME, PASSWORD);
        rollout = started("everything");
    }

    @AfterAll
    void stop() throws Exception {
        serin.close();
        server.stop();
        provider.stop();
        assertThat(server.log().lines().filter(line -> line.contains(" ERROR "))).isEmpty();
    }

    /// Every line of the table that the docs have.
    static Stream<Arguments> documented() throws IOException {
        var rows = new ArrayList<Arguments>();
        var table = ROW.matcher(Files.readString(Path.of("../docs/access.md")));
        while (table.find()) {
            if (ELSEWHERE.stream().noneMatch(table.group(2)::startsWith)) {
                rows.add(arguments(table.group(1), table.group(2)));
            }
        }
        return rows.stream();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("documented")
    @DisplayName("answers at every address of the docs, and never by an error of its own")
    void answersEverywhere(String verb, String address) throws Exception {
        var path =
                address.replace("{route}", "everything")
                        .replace("{model}", "everything")
                        .replace("{endpoint}", "nothing-like-that")
                        .replaceAll("\\{name}", verb.equals("DELETE") ? "nobody" : "everything")
                        .replace("/lab/{id}", "/lab/none")
                        .replace("{id}", rollout)
                        .replaceAll("\\{[a-z]+}", "none");
        if (path.endsWith("/stream")) {
            try (var lines = serin.stream(path)) {
                assertThat(lines.findFirst()).isPresent();
            }
            return;
        }
        if (path.equals("/logout")) {
            return; // ends the session that the form of signing in begins, below
        }
        var answer =
                serin.send(
                        serin.request(path)
                                .header("Content-Type", path.startsWith("/api") ? JSON : FORM)
                                .header("Sec-Fetch-Site", "same-origin")
                                .method(
                                        verb,
                                        verb.equals("POST")
                                                ? BodyPublishers.ofString("")
                                                : BodyPublishers.noBody())
                                .build());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 499).isNotIn(401, 403);
        var type = answer.headers().firstValue("Content-Type").orElse("");
        if (verb.equals("GET") && type.startsWith("text/html")) {
            assertThat(answer.body()).contains("<main", "</html>").doesNotContain("{#", "{@");
        } else if (answer.statusCode() >= 400 && path.startsWith("/api/")) {
            assertThat(type).startsWith("application/problem+json");
        }
    }

    @Test
    @DisplayName("sends what its pages link to: styles, scripts, pictures")
    void sendsItsResources() throws Exception {
        var page = serin.ask("/rollouts/" + rollout);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        var linked = LINKED.matcher(page.body()).results().map(found -> found.group(1)).toList();
        assertThat(linked).hasSizeGreaterThan(4);
        for (var path : linked) {
            assertThat(serin.ask(path).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("lets in who knows the password, and nobody else")
    void signsIn() throws Exception {
        assertThat(signIn("not this password").body()).contains("do not belong together");
        var answer = signIn(PASSWORD);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Set-Cookie").orElse(""))
                .contains("HttpOnly", "SameSite=");
    }

    private java.net.http.HttpResponse<String> signIn(String password) throws Exception {
        return serin.tell("/login", FORM, "name=%s&password=%s".formatted(NAME, encoded(password)));
    }

    @Test
    @DisplayName("takes observations of every shape, and judges them")
    void takesObservations() throws Exception {
        var id = started("shapes");
        var here = "/api/v1/rollouts/" + id;
        serin.post(here + "/observations", JSON, "[" + call("a-1") + "," + call("a-2") + "]");
        serin.post(
                here + "/observations", "application/x-ndjson", call("b-1") + "\n" + call("b-2"));
        serin.read(
                serin.send(
                        serin.request(here + "/observations")
                                .header("Content-Type", "application/x-ndjson")
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofByteArray(gzip(call("c-1"))))
                                .build()));
        serin.tell("/v1/traces", "application/x-protobuf", span("shapes").toByteArray());
        serin.awaitNumber(here, "/findings/0/calls", 6);
        serin.post("/api/v1/feedback", JSON, "{\"id\": \"a-1\", \"labels\": {\"refusal\": true}}");
        assertThat(serin.get(here + "/evidence").size()).isPositive();
        assertThat(serin.get(here + "/journal").toString()).contains("\"kind\":\"started\"");
    }

    @Test
    @DisplayName("carries calls to a provider, whole and as a stream, and counts them")
    void carriesCalls() throws Exception {
        var id = started("carried");
        for (int i = 0; i < 20; i++) {
            var answer = serin.tell("/v1/chat/completions", JSON, question("carried", i, false));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("\"choices\"", "\"usage\"");
            assertThat(answer.headers().firstValue("Serin-Rollout")).hasValue(id);
        }
        var stream = serin.tell("/v1/chat/completions", JSON, question("carried", 21, true));
        assertThat(stream.body()).contains("data: {").endsWith("data: [DONE]\n\n");
        var embedded =
                serin.post("/v1/embeddings", JSON, "{\"model\": \"carried\", \"input\": \"a\"}");
        assertThat(embedded.at("/data/0/embedding").size()).isEqualTo(256);
        var responded =
                serin.post("/v1/responses", JSON, "{\"model\": \"carried\", \"input\": \"hello\"}");
        assertThat(responded.at("/status").asText()).isEqualTo("completed");
        assertThat(serin.get("/v1/models").toString()).contains("carried");
        var unknown = serin.tell("/v1/chat/completions", JSON, question("nobody", 1, false));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("\"error\"", "nobody");
        assertThat(serin.ask("/q/metrics").body()).contains("serin_gateway_calls_seconds");
    }

    @Test
    @DisplayName("answers for a flag, alone and among all, and says when nothing changed")
    void evaluatesFlags() throws Exception {
        var id = started("flagged");
        var context = "{\"context\": {\"targetingKey\": \"user-1\"}}";
        var flag = serin.post("/ofrep/v1/evaluate/flags/flagged", JSON, context);
        assertThat(flag.at("/metadata/rollout").asText()).isEqualTo(id);
        var all = serin.tell("/ofrep/v1/evaluate/flags", JSON, context);
        var tag = all.headers().firstValue("ETag").orElseThrow();
        var again =
                serin.send(
                        serin.request("/ofrep/v1/evaluate/flags")
                                .header("Content-Type", JSON)
                                .header("If-None-Match", tag)
                                .POST(BodyPublishers.ofString(context))
                                .build());
        assertThat(again.statusCode()).isEqualTo(304);
    }

    @Test
    @DisplayName("takes every decision that a person may take")
    void decides() throws Exception {
        var id = started("decided");
        var here = "/api/v1/rollouts/" + id;
        assertThat(decided(here, "pause").at("/phase").asText()).isEqualTo("paused");
        assertThat(decided(here, "resume").at("/phase").asText()).isEqualTo("observing");
        assertThat(decided(here, "promote").at("/step/index").asInt()).isPositive();
        assertThat(decided(here, "rollback").at("/phase").asText()).isEqualTo("rolledBack");
        var refused = serin.tell(here + "/approve", JSON, decision(here));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("application/problem+json"));
        var audit = serin.get("/api/v1/audit").toString();
        assertThat(audit).contains("rollback", "pause", NAME);
    }

    @Test
    @DisplayName("plays a plan in the lab, judges a run by another plan, and compares runs")
    void plays() throws Exception {
        var report =
                serin.post("/api/v1/lab?runs=1&seed=3&candidate=gpt-4-bad", YAML, quick("played"));
        assertThat(report.at("/candidates/0/rolledBack").asDouble()).isEqualTo(1);
        var one = started("one");
        var other = started("other");
        var judged = serin.post("/api/v1/rollouts/" + one + "/backtest", YAML, plan("one"));
        assertThat(judged.at("/run").asText()).isEqualTo(one);
        var both = "run=" + one + "&run=" + other;
        assertThat(serin.get("/api/v1/compare?" + both).toString()).contains(one, other);
        assertThat(serin.ask("/compare.csv?" + both).body()).startsWith("run,route,");
        assertThat(serin.ask("/compare?" + both).body()).contains("<svg");
        assertThat(serin.ask("/rollouts/" + one).body()).contains("<svg");
    }

    @Test
    @DisplayName("says what is wrong with a plan: field, line, value and mend")
    void refusesPlans() throws Exception {
        var answer = serin.tell("/api/v1/rollouts", YAML, plan("wrong").replace("50%", "many"));
        assertThat(answer.statusCode()).isEqualTo(400);
        var problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.at("/errors/0/line").asInt()).isEqualTo(6);
        assertThat(problem.at("/errors/0/value").asText()).isEqualTo("many");
        var page =
                serin.tell("/new", FORM, "plan=" + encoded(plan("wrong").replace("50%", "many")));
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("many").doesNotContain("Exception");
    }

    @Test
    @DisplayName("is driven from a pipeline with a token")
    void obeysThePipeline() throws Exception {
        var token =
                serin.post(
                                "/api/v1/tokens",
                                JSON,
                                "{\"name\": \"ci\", \"role\": \"admin\", \"days\": 1}")
                        .at("/token")
                        .asText();
        var environment = Map.of("SERIN_SERVER", server.address().toString(), "SERIN_TOKEN", token);
        var file = Files.writeString(data.resolve("pipeline.yaml"), plan("pipeline"));

        var applied = Program.run(environment, "apply", file.toString(), "--yes");
        assertThat(applied.code()).as(applied.complained()).isZero();
        var again = Program.run(environment, "apply", file.toString(), "--yes");
        assertThat(again.printed()).contains("runs already");
        var status = Program.run(environment, "status", "--json");
        assertThat(status.printed()).as(status.complained()).contains("pipeline");
        var id = ID.matcher(applied.printed()).results().findFirst().orElseThrow().group();
        var back = Program.run(environment, "rollback", id, "--comment", "enough");
        assertThat(back.code()).as(back.complained()).isZero();
        var waited = Program.run(environment, "wait", id, "--timeout", "30s");
        assertThat(waited.code()).as(waited.complained()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --version                                            | 0 | serin
                    --help                                               | 0 | Usage
                    check PLAN                                           | 0 |
                    check nowhere.yaml                                   | 1 |
                    lab PLAN --candidate gpt-4-bad --runs 1 --json       | 0 | "whole"
                    """)
    @DisplayName("is a command line")
    void isACommandLine(String line, int code, String says) throws Exception {
        var file = Files.writeString(data.resolve("command.yaml"), quick("command"));
        var ended = Program.run(Map.of(), line.replace("PLAN", file.toString()).split(" "));
        assertThat(ended.code()).as(ended.printed() + ended.complained()).isEqualTo(code);
        assertThat(ended.printed()).contains(says == null ? "" : says);
        assertThat(ended.printed() + ended.complained()).doesNotContain("\tat ");
    }

    private JsonNode decided(String rollout, String verb) throws Exception {
        return serin.post(rollout + "/" + verb, JSON, decision(rollout));
    }

    /// By somebody who has just looked.
    private String decision(String rollout) throws Exception {
        return """
        {"version": %d, "comment": "seen enough",
         "waive": ["error_rate >= 0.1", "p95_latency_ms >= 5000"]}
        """
                .formatted(serin.get(rollout).at("/version").asInt());
    }

    private String started(String route) throws Exception {
        return serin.post("/api/v1/rollouts", YAML, plan(route)).path("id").asText();
    }

    private static String plan(String route) {
        return """
        route: %s
        baseline: stand/gpt-3.5
        candidate: stand/gpt-4-good
        steps:
          - { name: some, share: 20%%, duration: 1h }
          - { name: half, share: 50%%, duration: 1h }
          - { name: full, share: 100%% }
        rollback: [ "error_rate >= 10%%", "p95_latency_ms >= 5000" ]
        """
                .formatted(route);
    }

    /// Its steps last a minute.
    private static String quick(String route) {
        return plan(route).replace("1h", "1m");
    }

    private static String call(String id) {
        return "{\"id\": \"%s\", \"arm\": \"candidate\", \"latencyMs\": 120, \"error\": false}"
                .formatted(id);
    }

    private static String question(String route, int user, boolean stream) {
        return """
        {"model": "%s", "user": "user-%d", "stream": %s,
         "messages": [{"role": "user", "content": "What is a serin?"}]}
        """
                .formatted(route, user, stream);
    }

    private static ExportTraceServiceRequest span(String route) {
        long now = System.currentTimeMillis() * 1_000_000;
        var span =
                Span.newBuilder()
                        .setName("chat")
                        .setTraceId(com.google.protobuf.ByteString.copyFrom(new byte[16]))
                        .setSpanId(
                                com.google.protobuf.ByteString.copyFrom(
                                        new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))
                        .setStartTimeUnixNano(now - 120_000_000)
                        .setEndTimeUnixNano(now)
                        .addAttributes(text("gen_ai.operation.name", "chat"))
                        .addAttributes(text("serin.route", route))
                        .addAttributes(text("serin.arm", "candidate"));
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder()
                                .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                .build();
    }

    private static KeyValue text(String name, String value) {
        return KeyValue.newBuilder()
                .setKey(name)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static byte[] gzip(String body) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
