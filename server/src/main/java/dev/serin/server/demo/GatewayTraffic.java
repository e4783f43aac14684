package dev.serin.server.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.server.rollout.Serving;
import dev.serin.server.route.RouteTable;
import dev.serin.simulator.provider.Words;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Calls the demo's routes over sockets, as any client does: it asks `/v1/chat/completions` with the
/// route as the model, reads the answer, and posts what it thinks of it as feedback.
///
/// It knows nothing of arms: which model answers is the gateway's business.
@ApplicationScoped
class GatewayTraffic {

    private static final Logger LOG = Logger.getLogger(GatewayTraffic.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Two calls a beat are 200 a second, shared by the routes that are under rollout.
    private static final Duration BEAT = Duration.ofMillis(10);

    private static final int CALLS_PER_BEAT = 2;

    /// On each of the chaos' routes, of which there are more.
    private static final int BEATS_PER_CALL_ALWAYS = 5;

    private static final int BEATS_PER_POST = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int USERS = 100_000;

    private final RouteTable routes;
    private final Set<String> always = ConcurrentHashMap.newKeySet();
    private final Map<String, ClientTally> tallies = new ConcurrentHashMap<>();
    private final Map<String, Pace> paces = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<ObjectNode> verdicts = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Thread thread;

    GatewayTraffic(RouteTable routes) {
        this.routes = routes;
    }

    /// Begins to call these routes whenever they are under rollout, until [#stop()].
    ///
    /// @param seed the same number gives the same callers in the same order
    void begin(List<String> names, long seed) {
        thread = Thread.ofVirtual().name("demo client").start(() -> run(names, seed));
    }

    /// Calls this route too, 20 times a second, and also while no rollout is under way on it.
    void call(String route) {
        always.add(route);
    }

    /// Calls it no more.
    void leave(String route) {
        always.remove(route);
    }

    /// Counts a route's calls anew from now on.
    ClientTally afresh(String route) {
        var fresh = new ClientTally();
        tallies.put(route, fresh);
        return fresh;
    }

    /// Waits until every call of a tally has ended; a call has a minute for that.
    static void drain(ClientTally tally) throws InterruptedException {
        var until = Instant.now().plus(PATIENCE);
        while (tally.open() > 0 && Instant.now().isBefore(until)) {
            Thread.sleep(BEAT);
        }
    }

    void stop() {
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /// What the callers of a route have met so far.
    ClientTally tally(String route) {
        return tallies.computeIfAbsent(route, _ -> new ClientTally());
    }

    private void run(List<String> names, long seed) {
        var random = new SplittableRandom(seed);
        var http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(PATIENCE)
                        .build();
        try {
            awaitListening();
            for (long beat = 0; !Thread.currentThread().isInterrupted(); beat++) {
                beat(http, names, beat, random);
                Thread.sleep(BEAT);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            // Closing it would wait for its calls, which nobody does any more.
            http.shutdownNow();
        }
    }

    private void beat(HttpClient http, List<String> names, long beat, SplittableRandom random) {
        var underWay =
                names.stream()
                        .filter(name -> routes.of(name).map(Serving::split).isPresent())
                        .toList();
        for (int i = 0; !underWay.isEmpty() && i < CALLS_PER_BEAT; i++) {
            var name = underWay.get(Math.floorMod(beat + i, underWay.size()));
            call(http, name, "user-" + random.nextInt(USERS));
        }
        if (beat % BEATS_PER_CALL_ALWAYS == 0) {
            for (var name : always) {
                if (routes.of(name).isPresent()) {
                    call(http, name, "user-" + random.nextInt(USERS));
                }
            }
        }
        if (beat % BEATS_PER_POST == 0) {
            post(http);
        }
    }

    /// Nobody can call before the server listens, which begins after its beans have.
    private static void awaitListening() throws InterruptedException {
        for (boolean there = false; !there; ) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port())) {
                there = true;
            } catch (IOException _) {
                Thread.sleep(BEAT);
            }
        }
    }

    /// The one that the server has, also where any would do.
    private static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.http.port", int.class);
    }

    private void call(HttpClient http, String route, String user) {
        var pace = paces.computeIfAbsent(route, _ -> new Pace());
        if (!pace.bears()) {
            return;
        }
        pace.asks();
        var question = JsonNodeFactory.instance.objectNode();
        question.put("model", route);
        question.put("user", user);
        question.putArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", "What is a serin?");
        var tally = tally(route);
        tally.asks();
        long began = System.nanoTime();
        var _ =
                http.sendAsync(
                                post("/v1/chat/completions", question.toString()),
                                BodyHandlers.ofString())
                        .whenComplete((answer, failure) -> {
                            pace.answered(since(began));
                            if (failure == null) {
                                read(answer, tally, since(began));
                            } else {
                                LOG.debugf("a call got no answer: %s", failure);
                                tally.answered(false, "", false, since(began));
                            }
                        });
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e6;
    }

    private void read(HttpResponse<String> answer, ClientTally tally, double ms) {
        boolean good = answer.statusCode() == 200;
        tally.answered(
                good,
                answer.headers().firstValue("Serin-Arm").orElse(""),
                answer.headers().firstValue("Serin-Retried").isPresent(),
                ms);
        if (good) {
            judge(answer.body());
        }
    }

    private void judge(String answer) {
        try {
            var read = JSON.readTree(answer);
            var verdict = JsonNodeFactory.instance.objectNode();
            verdict.put("id", read.path("id").asText());
            verdict.put("label", "hallucination");
            verdict.put("value", Words.areMadeUp(read.at("/choices/0/message/content").asText()));
            verdicts.add(verdict);
        } catch (JsonProcessingException e) {
            LOG.debugf("an answer is no JSON: %s", e);
        }
    }

    private void post(HttpClient http) {
        var rows = new ArrayList<ObjectNode>();
        for (var next = verdicts.poll(); next != null; next = verdicts.poll()) {
            rows.add(next);
        }
        if (!rows.isEmpty()) {
            var _ =
                    http.sendAsync(
                                    post("/api/v1/feedback", rows.toString()),
                                    BodyHandlers.discarding())
                            .exceptionally(e -> {
                                LOG.debugf("%d verdicts were not stored: %s", rows.size(), e);
                                return null;
                            });
        }
    }

    private static HttpRequest post(String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port(), path)))
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
