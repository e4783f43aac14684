package dev.serin.server.gateway;

import static dev.serin.engine.traffic.Arm.CANDIDATE;
import static dev.serin.server.gateway.Client.question;
import static dev.serin.server.gateway.Collector.id;
import static dev.serin.server.gateway.Collector.parent;
import static dev.serin.server.gateway.Collector.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.server.rollout.Server;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TracedProfile.class)
@DisplayName("A call whose client traces it")
class TracedCallsTest {

    private static final String CLIENTS_SPAN = "00f067aa0ba902b7";

    @Inject Client client;
    @Inject Config config;

    private final String trace = UUID.randomUUID().toString().replace("-", "");
    private Collector collector;
    private Upstream upstream;
    private String route = "";
    private String rollout = "";

    @BeforeEach
    void begin() throws IOException {
        collector =
                Collector.at(
                        config.getValue(TracedProfile.COLLECTOR, int.class),
                        "Bearer of-the-collector");
        upstream = Upstream.at(client.upstreamPort());
        route = Server.newRoute();
        rollout = client.started(route);
    }

    @AfterEach
    void end() {
        collector.close();
    }

    @Test
    @DisplayName("is a part of that trace, and so is what the provider does for it")
    void isPartOfIt() throws Exception {
        upstream.says((_, line) -> line.json(200, Upstream.chat("answer-1", "hello")));

        call();

        var spans = awaitSpans(2);
        var call = spans.getFirst();
        var asked = spans.getLast();
        assertThat(call.getName()).isEqualTo("chat " + route);
        assertThat(parent(call)).isEqualTo(CLIENTS_SPAN);
        assertThat(said(call, "serin.rollout")).isEqualTo(rollout);
        assertThat(said(call, "serin.arm")).isEqualTo("candidate");
        assertThat(asked.getName()).isEqualTo("chat large");
        assertThat(parent(asked)).isEqualTo(id(call));
        assertThat(said(asked, "gen_ai.provider.name")).isEqualTo("new");
        assertThat(said(asked, "gen_ai.response.id")).isEqualTo("answer-1");
        assertThat(said(asked, "gen_ai.usage.output_tokens")).isNotEmpty();
        assertThat(upstream.asked().getFirst().headers())
                .containsEntry("traceparent", "00-%s-%s-01".formatted(trace, id(asked)));
        assertThat(spans)
                .noneMatch(span -> span.toString().contains("hello"))
                .noneMatch(span -> span.toString().contains("key-of-new"));
    }

    @Test
    @DisplayName("shows that the candidate failed and the baseline answered in its place")
    void showsTheRetry() throws Exception {
        upstream.says((asked, line) -> {
            if (asked.line().contains("/new/")) {
                line.json(500, "{\"error\": {\"message\": \"broken\"}}");
            } else {
                line.json(200, Upstream.chat("answer-2", "hello"));
            }
        });

        call();

        var spans = awaitSpans(3);
        var failed = spans.get(1);
        assertThat(said(failed, "serin.arm")).isEqualTo("candidate");
        assertThat(said(failed, "error.type")).isEqualTo("5xx");
        assertThat(failed.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(said(spans.get(2), "serin.arm")).isEqualTo("baseline");
        assertThat(spans.getFirst().getStatus().getCode())
                .isNotEqualTo(StatusCode.STATUS_CODE_ERROR);
    }

    private void call() throws Exception {
        var asked =
                client.post(
                                "/v1/chat/completions",
                                question(route, ""),
                                client.key(route, CANDIDATE))
                        .header("traceparent", "00-%s-%s-01".formatted(trace, CLIENTS_SPAN));
        assertThat(client.send(asked).statusCode()).isEqualTo(200);
    }

    private List<io.opentelemetry.proto.trace.v1.Span> awaitSpans(int number) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> collector.of(trace), spans -> spans.size() == number);
    }
}
