package dev.serin.server.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The packaged program, killed without warning in the middle of a step.
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("A server that is killed in the middle of a step")
class KilledIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PLAN =
            """
            route: killed
            baseline: old
            candidate: new
            steps:
              - { name: half, share: 50%, duration: 1h }
              - { name: full, share: 100% }
            rollback: [ "error_rate >= 10%" ]
            """;

    private static final String PASSWORD = "a long enough password";

    @TempDir Path data;
    private Program server;
    private Asking serin;

    @AfterEach
    void stop() throws InterruptedException {
        serin.close();
        server.stop();
    }

    @Test
    @DisplayName("has lost nothing that it acknowledged, and goes on where it was")
    void losesNothing() throws Exception {
        start();
        var started = serin.post("/api/v1/rollouts", Asking.YAML, PLAN);
        var rollout = "/api/v1/rollouts/" + started.path("id").asText();
        int acknowledged = 0;
        for (int batch = 0; batch < 20; batch++) {
            acknowledged += send(rollout, batch);
        }
        var before = serin.get(rollout);

        server.kill();
        start();

        var after = serin.get(rollout);
        assertThat(after.path("phase").asText()).isEqualTo("observing");
        assertThat(after.path("version")).isEqualTo(before.path("version"));
        assertThat(after.path("step")).isEqualTo(before.path("step"));
        int expected = acknowledged;
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(judgedCalls(serin.get(rollout)))
                                .as("calls judged of those acknowledged")
                                .isEqualTo(expected));
        assertThat(send(rollout, 3)).as("a batch that is sent again is answered").isEqualTo(5);
        assertThat(judgedCalls(serin.get(rollout))).as("and counts once").isEqualTo(acknowledged);
    }

    @Test
    @DisplayName("and one that is told to stop ends its open pages, and keeps nobody waiting")
    void stopsSoon() throws Exception {
        start();
        var id = serin.post("/api/v1/rollouts", Asking.YAML, PLAN).path("id").asText();
        var page = serin.stream("/api/v1/rollouts/" + id + "/stream");

        assertThat(server.stopsWithin(Duration.ofSeconds(15))).as("it has stopped").isTrue();
        assertThat(page).as("the page was ended, not cut").contains("event:changed");
    }

    private int send(String rollout, int batch) throws Exception {
        var calls = new StringBuilder();
        for (int call = 0; call < 5; call++) {
            calls.append("{\"id\": \"c-%d-%d\", \"arm\": \"candidate\", ".formatted(batch, call));
            calls.append("\"latencyMs\": 120, \"error\": false}\n");
        }
        return serin.post(rollout + "/observations", "application/x-ndjson", calls.toString())
                .path("accepted")
                .asInt();
    }

    private static int judgedCalls(JsonNode rollout) {
        return rollout.path("findings").path(0).path("calls").asInt();
    }

    private void start() throws IOException {
        server = Program.serve(Map.of("SERIN_ADMIN_PASSWORD", PASSWORD), data);
        serin = new Asking(server.address(), "admin", PASSWORD);
    }
}
