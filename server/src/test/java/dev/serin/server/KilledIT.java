package dev.serin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program, killed without warning in the middle of a step.
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

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @TempDir Path data;
    private Process serin;
    private URI address;

    @AfterEach
    void stop() throws InterruptedException {
        serin.destroy();
        if (!serin.waitFor(60, TimeUnit.SECONDS)) {
            serin.destroyForcibly().waitFor();
        }
    }

    @Test
    @DisplayName("has lost nothing that it acknowledged, and goes on where it was")
    void losesNothing() throws Exception {
        start();
        var started = post("/api/v1/rollouts", "application/yaml", PLAN);
        var rollout = "/api/v1/rollouts/" + started.path("id").asText();
        int acknowledged = 0;
        for (int batch = 0; batch < 20; batch++) {
            acknowledged += send(rollout, batch);
        }
        var before = get(rollout);

        serin.destroyForcibly().waitFor();
        start();

        var after = get(rollout);
        assertThat(after.path("phase").asText()).isEqualTo("observing");
        assertThat(after.path("version")).isEqualTo(before.path("version"));
        assertThat(after.path("step")).isEqualTo(before.path("step"));
        int expected = acknowledged;
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(judgedCalls(get(rollout)))
                                .as("calls judged of those acknowledged")
                                .isEqualTo(expected));
        assertThat(send(rollout, 3)).as("a batch that is sent again is answered").isEqualTo(5);
        assertThat(judgedCalls(get(rollout))).as("and counts once").isEqualTo(acknowledged);
    }

    @Test
    @DisplayName("and one that is told to stop ends its open pages, and keeps nobody waiting")
    void stopsSoon() throws Exception {
        start();
        var id = post("/api/v1/rollouts", "application/yaml", PLAN).path("id").asText();
        var stream =
                HttpRequest.newBuilder(address.resolve("/api/v1/rollouts/" + id + "/stream"))
                        .build();
        var page = http.sendAsync(stream, BodyHandlers.ofLines()).get(20, TimeUnit.SECONDS);

        serin.destroy();

        assertThat(serin.waitFor(15, TimeUnit.SECONDS)).as("it has stopped").isTrue();
        assertThat(page.body()).as("the page was ended, not cut").contains("event:changed");
    }

    private int send(String rollout, int batch) throws Exception {
        var calls = new StringBuilder();
        for (int call = 0; call < 5; call++) {
            calls.append("{\"id\": \"c-%d-%d\", \"arm\": \"candidate\", ".formatted(batch, call));
            calls.append("\"latencyMs\": 120, \"error\": false}\n");
        }
        return post(rollout + "/observations", "application/x-ndjson", calls.toString())
                .path("accepted")
                .asInt();
    }

    private static int judgedCalls(JsonNode rollout) {
        return rollout.path("findings").path(0).path("calls").asInt();
    }

    private void start() throws IOException {
        var log = Files.createTempFile("serin-killed", ".log");
        serin =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-jar",
                                        Path.of("target", "quarkus-app", "quarkus-run.jar")
                                                .toAbsolutePath()
                                                .toString(),
                                        "serve",
                                        "--embedded",
                                        "--open",
                                        "--port",
                                        "0",
                                        "--data",
                                        data.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        await().atMost(PATIENCE)
                .failFast(() -> !serin.isAlive())
                .until(() -> isReady(Files.readString(log)));
    }

    private boolean isReady(String log) throws InterruptedException {
        var announced =
                log.lines()
                        .filter(line -> line.startsWith("Serin: http"))
                        .map(line -> URI.create(line.substring("Serin: ".length()).strip()))
                        .findFirst();
        if (announced.isEmpty()) {
            return false;
        }
        address = announced.get();
        try {
            var health = HttpRequest.newBuilder(address.resolve("/q/health/ready")).build();
            return http.send(health, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private JsonNode get(String path) throws Exception {
        return answer(HttpRequest.newBuilder(address.resolve(path)).build());
    }

    private JsonNode post(String path, String type, String body) throws Exception {
        return answer(
                HttpRequest.newBuilder(address.resolve(path))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    private JsonNode answer(HttpRequest request) throws Exception {
        var response = http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return json.readTree(response.body());
    }
}
