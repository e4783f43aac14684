package dev.serin.server.otlp;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.google.protobuf.ByteString;
import dev.serin.server.rollout.Server;
import dev.serin.server.route.RouteTable;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("Telemetry")
class OtlpApiTest {

    private static final RestAssuredConfig RAW =
            RestAssuredConfig.config()
                    .encoderConfig(
                            EncoderConfig.encoderConfig()
                                    .appendDefaultContentCharsetToContentTypeIfUndefined(false));

    @Inject Server server;
    @Inject RouteTable routes;

    private String route = "";
    private String id = "";
    private String evaluation = "hallucination";

    @BeforeEach
    void started() {
        route = Server.newRoute();
        id =
                server.started(
                        Server.plan(route).replace("error_rate >= 10%", "error_rate >= 90%")
                                + "  - hallucination_rate >= 50%\n");
        routes.refresh();
    }

    @Test
    @DisplayName(
            "in protobuf, packed with gzip, is evidence of its rollout, once however often it comes")
    void protobuf() throws IOException {
        var spans = new ArrayList<Span>();
        for (int i = 0; i < 60; i++) {
            spans.add(span(i, "candidate", i < 6));
            spans.add(span(100 + i, "baseline", false));
        }
        var body = gzip(traces(spans).toByteArray());
        for (int i = 0; i < 2; i++) {
            var answer =
                    given().config(RAW)
                            .contentType(OtlpApi.PROTOBUF)
                            .header("Content-Encoding", "gzip")
                            .body(body)
                            .post("/v1/traces")
                            .then()
                            .statusCode(200)
                            .contentType(OtlpApi.PROTOBUF)
                            .extract()
                            .asByteArray();
            assertThat(ExportTraceServiceResponse.parseFrom(answer).hasPartialSuccess()).isFalse();
        }
        server.pass(Duration.ofSeconds(1));
        server.get(id).body("findings[0].calls", is(60)).body("findings[0].estimate", is(0.1f));
    }

    @Test
    @DisplayName("that evaluates an answer is a label of its call, before its span and after it")
    void labels() throws IOException {
        evaluate(0, "hallucinated");
        var spans = new ArrayList<Span>();
        for (int i = 0; i < 4; i++) {
            spans.add(span(i, "candidate", false));
        }
        export(spans);
        evaluate(1, "factual");
        server.pass(Duration.ofSeconds(1));
        server.get(id).body("findings[1].calls", is(2)).body("findings[1].estimate", is(0.5f));
    }

    @Test
    @DisplayName(
            "that evaluates a span finds its call by that name too: before it came, after it, and where the call was known before")
    void labelsOfSpans() throws IOException {
        server.observe(
                        id,
                        "[{'id': 'R-2', 'arm': 'candidate'}, {'id': 'R-3', 'arm': 'candidate'}]"
                                .replace('\'', '"')
                                .replace("R", route))
                .statusCode(200);
        evaluateSpan(0, "hallucinated");
        evaluateSpan(2, "hallucinated");
        var spans = new ArrayList<Span>();
        for (int i = 0; i < 5; i++) {
            spans.add(span(i, "candidate", false));
        }
        export(spans);
        evaluateSpan(1, "factual");
        evaluateSpan(3, "factual");
        for (int again = 0; again < 2; again++) {
            export(spans);
            evaluateSpan(1, "factual");
            evaluate(1, "factual");
        }
        server.pass(Duration.ofSeconds(1));
        server.get(id)
                .body("findings[0].calls", is(3))
                .body("findings[1].calls", is(4))
                .body("findings[1].estimate", is(0.5f));
    }

    @Test
    @DisplayName(
            "that evaluates by a word and a number is the verdict of a rate and the score of a mean, before its span and after it")
    void wordAndNumber() throws IOException {
        evaluation = "grade";
        var rate = Server.newRoute();
        var mean = Server.newRoute();
        var rated = judged(rate, "wrong_rate >= 90%", "wrong_rate: { label: grade }");
        var scored = judged(mean, "quality <= 0.1", "quality: { score: grade }");
        routes.refresh();
        for (var to : List.of(rate, mean)) {
            route = to;
            evaluateSpan(0, "fail", 0.25);
            export(List.of(span(0, "candidate", false), span(1, "candidate", false)));
            evaluateSpan(1, "pass", 1);
        }
        server.pass(Duration.ofSeconds(1));
        server.get(rated).body("findings[0].calls", is(2)).body("findings[0].estimate", is(0.5f));
        server.get(scored)
                .body("findings[0].calls", is(2))
                .body("findings[0].estimate", is(0.625f));
    }

    @Test
    @DisplayName(
            "in JSON says which spans were refused, and passes over what is none of its business")
    void json() {
        given().contentType("application/json")
                .body(
                        """
                        {"resourceSpans": [{"resource": {"attributes": [
                            {"key": "service.name", "value": {"stringValue": "chat"}}]},
                          "scopeSpans": [{"spans": [
                            {"traceId": "5B8EFFF798038103D269B633813FC60C", "spanId": "EEE19B7EC3C1B174",
                             "startTimeUnixNano": "0", "name": "GET /", "attributes": []},
                            {"traceId": "5B8EFFF798038103D269B633813FC60C", "spanId": "EEE19B7EC3C1B175",
                             "attributes": [
                              {"key": "gen_ai.operation.name", "value": {"stringValue": "chat"}},
                              {"key": "serin.route", "value": {"stringValue": "ROUTE"}},
                              {"key": "serin.arm", "value": {"stringValue": "candidate"}},
                              {"key": "gen_ai.usage.output_tokens", "value": {"intValue": "80"}}],
                             "status": {"code": 2}},
                            {"traceId": "5B8EFFF798038103D269B633813FC60C", "spanId": "EEE19B7EC3C1B176",
                             "attributes": [
                              {"key": "gen_ai.operation.name", "value": {"stringValue": "chat"}},
                              {"key": "serin.route", "value": {"stringValue": "ROUTE"}}]}]}]}]}\
                        """
                                .replace("ROUTE", route))
                .post("/v1/traces")
                .then()
                .statusCode(200)
                .body("partialSuccess.rejectedSpans", is("1"))
                .body("partialSuccess.errorMessage", containsString("names no arm"));
        server.pass(Duration.ofSeconds(1));
        server.get(id).body("findings[0].calls", is(1)).body("findings[0].estimate", is(1f));
        given().contentType("application/json")
                .body("{\"resourceLogs\": []}")
                .post("/v1/logs")
                .then()
                .statusCode(200)
                .body("$", not(hasKey("partialSuccess")));
    }

    @Test
    @DisplayName("whose texts cannot be stored as they are counts all the same")
    void oddTexts() {
        var span =
                """
                {"traceId": "5b8e\\u0000ff", "spanId": "eee1", "attributes": [
                  {"key": "gen_ai.operation.name", "value": {"stringValue": "chat"}},
                  {"key": "gen_ai.response.id", "value": {"stringValue": "ID"}},
                  {"key": "serin.route", "value": {"stringValue": "ROUTE"}},
                  {"key": "serin.arm", "value": {"stringValue": "candidate"}}]}\
                """
                        .replace("ROUTE", route);
        for (var odd : List.of("\\ud800", "x".repeat(199) + "\\ud83d\\ude00")) {
            given().contentType("application/json")
                    .body(
                            "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [%s]}]}]}"
                                    .formatted(span.replace("ID", odd)))
                    .post("/v1/traces")
                    .then()
                    .statusCode(200)
                    .body("$", not(hasKey("partialSuccess")));
        }
        server.pass(Duration.ofSeconds(1));
        server.get(id).body("findings[0].calls", is(2));
    }

    @Test
    @DisplayName(
            "of a rollout that is not there is refused for itself: the others and what they say are taken")
    void unknownRollout() throws IOException {
        var stale =
                span(0, "candidate", false).toBuilder()
                        .addAttributes(text("serin.rollout", UUID.randomUUID().toString()));
        var judged =
                span(1, "candidate", false).toBuilder()
                        .addEvents(
                                Span.Event.newBuilder()
                                        .setName("gen_ai.evaluation.result")
                                        .addAttributes(
                                                text("gen_ai.evaluation.name", "hallucination"))
                                        .addAttributes(
                                                text("gen_ai.evaluation.score.label", "factual")));
        var told =
                given().config(RAW)
                        .contentType(OtlpApi.PROTOBUF)
                        .body(traces(List.of(stale.build(), judged.build())).toByteArray())
                        .post("/v1/traces")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray();
        var refused = ExportTraceServiceResponse.parseFrom(told).getPartialSuccess();
        assertThat(refused.getRejectedSpans()).isEqualTo(1);
        assertThat(refused.getErrorMessage()).contains("there is no rollout");
        server.pass(Duration.ofSeconds(1));
        server.get(id).body("findings[0].calls", is(1)).body("findings[1].calls", is(1));
    }

    @Test
    @DisplayName("that cannot be read is refused with what is wrong")
    void unreadable() {
        given().config(RAW)
                .contentType(OtlpApi.PROTOBUF)
                .body(new byte[] {1, 2, 3})
                .post("/v1/traces")
                .then()
                .statusCode(400)
                .body("detail", containsString("ExportTraceServiceRequest"));
        given().contentType("application/json")
                .body("[]")
                .post("/v1/logs")
                .then()
                .statusCode(400)
                .body("detail", is("the body is to be one JSON object"));
        given().contentType("text/plain").body("x").post("/v1/traces").then().statusCode(415);
    }

    private String judged(String on, String condition, String metric) {
        return server.started(
                Server.plan(on).replace("error_rate >= 10%", condition)
                        + "metrics: { %s }\n".formatted(metric));
    }

    private static void export(List<Span> spans) throws IOException {
        var answer =
                given().config(RAW)
                        .contentType(OtlpApi.PROTOBUF)
                        .body(traces(spans).toByteArray())
                        .post("/v1/traces")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray();
        assertThat(ExportTraceServiceResponse.parseFrom(answer).hasPartialSuccess()).isFalse();
    }

    private void evaluate(int call, String word) throws IOException {
        judge(
                LogRecord.newBuilder()
                        .addAttributes(text("gen_ai.response.id", route + "-" + call)),
                word);
    }

    private void evaluateSpan(int call, String word) throws IOException {
        judge(of(call), word);
    }

    private void evaluateSpan(int call, String word, double score) throws IOException {
        judge(
                of(call).addAttributes(
                                KeyValue.newBuilder()
                                        .setKey("gen_ai.evaluation.score.value")
                                        .setValue(AnyValue.newBuilder().setDoubleValue(score))),
                word);
    }

    private LogRecord.Builder of(int call) {
        return LogRecord.newBuilder().setTraceId(traceId()).setSpanId(spanId(call));
    }

    private void judge(LogRecord.Builder of, String word) throws IOException {
        var record =
                of.setEventName(Events.EVALUATION)
                        .addAttributes(text("gen_ai.evaluation.name", evaluation))
                        .addAttributes(text("gen_ai.evaluation.score.label", word));
        var body =
                ExportLogsServiceRequest.newBuilder()
                        .addResourceLogs(
                                ResourceLogs.newBuilder()
                                        .addScopeLogs(
                                                ScopeLogs.newBuilder()
                                                        .setScope(
                                                                InstrumentationScope.newBuilder()
                                                                        .setName("grader"))
                                                        .addLogRecords(record)))
                        .build()
                        .toByteArray();
        var answer =
                given().config(RAW)
                        .contentType(OtlpApi.PROTOBUF)
                        .body(body)
                        .post("/v1/logs")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray();
        assertThat(ExportLogsServiceResponse.parseFrom(answer).hasPartialSuccess()).isFalse();
    }

    private Span span(int call, String variant, boolean failed) {
        var span =
                Span.newBuilder()
                        .setTraceId(traceId())
                        .setSpanId(spanId(call))
                        .addAttributes(text("gen_ai.operation.name", "chat"))
                        .addAttributes(text("gen_ai.response.id", route + "-" + call))
                        .addAttributes(text("feature_flag.key", route))
                        .addAttributes(text("feature_flag.result.variant", variant));
        if (failed) {
            span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
        }
        return span.build();
    }

    private ByteString traceId() {
        var name = UUID.nameUUIDFromBytes(route.getBytes(StandardCharsets.UTF_8));
        return ByteString.fromHex(name.toString().replace("-", ""));
    }

    private static ByteString spanId(int call) {
        return ByteString.fromHex("%016x".formatted(call + 1));
    }

    private static ExportTraceServiceRequest traces(List<Span> spans) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder()
                                .setResource(
                                        Resource.newBuilder()
                                                .addAttributes(text("service.name", "chat")))
                                .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(spans)))
                .build();
    }

    private static KeyValue text(String name, String value) {
        return KeyValue.newBuilder()
                .setKey(name)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static byte[] gzip(byte[] body) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(body);
        }
        return packed.toByteArray();
    }
}
