package dev.serin.server.gateway;

import dev.serin.engine.traffic.Arm;
import dev.serin.server.breaker.Breakers;
import dev.serin.server.rollout.Server;
import dev.serin.server.route.RouteTable;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.Config;

/// A client of the gateway, and the routes that it calls.
@Singleton
class Client {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Server server;
    private final RouteTable routes;
    private final Config config;
    private final Breakers breakers;

    Client(Server server, RouteTable routes, Config config, Breakers breakers) {
        this.breakers = breakers;
        this.server = server;
        this.routes = routes;
        this.config = config;
    }

    /// A rollout that sends half of the callers to `new/large`.
    String started(String route) {
        return started(route, "new/large");
    }

    String started(String route, String candidate) {
        return started(route, candidate, "");
    }

    /// @param more lines of the plan
    String started(String route, String candidate, String more) {
        return started(route, "old/small", candidate, more);
    }

    String started(String route, String baseline, String candidate, String more) {
        var id =
                server.started(
                        """
                        route: %s
                        baseline: %s
                        candidate: %s
                        steps:
                          - { name: half, share: 50%%, duration: 30s }
                          - { name: full, share: 100%% }
                        rollback:
                          - error_rate >= 90%%
                          - avg_cost_usd >= 5
                          - p95_ttft_ms >= 50000
                        """
                                        .formatted(route, baseline, candidate)
                                + more);
        routes.refresh();
        makeWell();
        return id;
    }

    /// Lets every provider look as if nothing but good came of it before.
    void makeWell() {
        for (var provider : List.of("old", "new", "calm", "bold")) {
            for (int i = 0; i < 21; i++) {
                long now = System.nanoTime();
                breakers.of(provider).good(now, now);
            }
        }
    }

    /// A caller whose calls go to `arm`.
    String key(String route, Arm arm) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "caller-" + i)
                .filter(key -> routes.of(route, key).orElseThrow().arm() == arm)
                .findFirst()
                .orElseThrow();
    }

    static String question(String route, String more) {
        return "{\"messages\": [{\"role\":\"user\",\"content\":\"hi\"}],  \"model\" : \"%s\"%s, \"seed\": 1.0}"
                .formatted(route, more);
    }

    HttpRequest.Builder post(String path, String body, String key) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer sk-nothing")
                .timeout(Duration.ofSeconds(10))
                .header("Serin-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<InputStream> open(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    HttpResponse<String> chat(String route, Arm arm) throws IOException, InterruptedException {
        return send(post("/v1/chat/completions", question(route, ""), key(route, arm)));
    }

    HttpResponse<InputStream> stream(String route, Arm arm)
            throws IOException, InterruptedException {
        return open(
                post(
                        "/v1/chat/completions",
                        question(route, ", \"stream\": true"),
                        key(route, arm)));
    }

    int port() {
        return config.getValue("quarkus.http.test-port", Integer.class);
    }

    int upstreamPort() {
        return config.getValue(GatewayProfile.PORT, Integer.class);
    }
}
