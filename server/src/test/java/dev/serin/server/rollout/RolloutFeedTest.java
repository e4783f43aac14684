package dev.serin.server.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("An open page")
class RolloutFeedTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject Server server;

    @TestHTTPResource("/")
    URI home;

    @Test
    @DisplayName("hears one word at once, and another after a change, and never what it was")
    void hears() throws Exception {
        var id = server.started(Server.plan(Server.newRoute()));
        var other = server.started(Server.plan(Server.newRoute()));
        try (var client = HttpClient.newHttpClient()) {
            var lines = listen(client, id);
            await().atMost(SOON).until(() -> words(lines) == 1);

            server.say(other, "pause", "{\"version\": 1}").statusCode(200);
            server.say(id, "pause", "{\"version\": 1}").statusCode(200);
            await().atMost(SOON).until(() -> words(lines) == 2);
            assertThat(lines).filteredOn(line -> line.startsWith("data:")).hasSize(2);
            assertThat(String.join("", lines)).doesNotContain("paused");
            client.shutdownNow();
        }
    }

    @Test
    @DisplayName("hears of calls in a step that measures the baseline alone")
    void hearsOfTheBaseline() throws Exception {
        var id = server.started(Server.measuring(Server.newRoute()));
        try (var client = HttpClient.newHttpClient()) {
            var lines = listen(client, id);
            await().atMost(SOON).until(() -> words(lines) == 1);

            server.calls(id, "baseline", 20, 0);
            server.pass(Duration.ofSeconds(1));
            await().atMost(SOON).until(() -> words(lines) == 2);
            client.shutdownNow();
        }
    }

    private List<String> listen(HttpClient client, String id) throws Exception {
        var lines = new CopyOnWriteArrayList<String>();
        var stream = home.resolve("api/v1/rollouts/" + id + "/stream");
        var answer =
                client.sendAsync(HttpRequest.newBuilder(stream).build(), BodyHandlers.ofLines())
                        .get();
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/event-stream");
        Thread.ofVirtual().start(() -> answer.body().forEach(lines::add));
        return lines;
    }

    private static long words(List<String> lines) {
        return lines.stream().filter(line -> line.equals("event:changed")).count();
    }
}
