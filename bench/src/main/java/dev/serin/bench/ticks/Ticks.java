package dev.serin.bench.ticks;

import dev.serin.bench.gateway.Running;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// Has one server judge a thousand rollouts that all get calls, and tells how late its ticks are. Ends
/// with 1 if one of a hundred looks finds them later than two ticks.
public final class Ticks {

    private static final int ROLLOUTS = 1_000;
    private static final int AT_ONCE = 8;

    /// So each gets calls every ten seconds.
    private static final int BATCHES_PER_SECOND = 100;

    private static final double LIMIT_SECONDS = 2;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration MEASURED = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Pattern ID = Pattern.compile("\"id\" *: *\"([0-9a-f-]{36})\"");
    private static final Pattern LAG = metric("serin_ticks_lag_seconds");
    private static final Pattern JUDGED = metric("serin_decisions_total");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final AtomicBoolean leaving = new AtomicBoolean();

    private Ticks(int port) {
        this.port = port;
    }

    /// Measures it.
    ///
    /// @param arguments the packaged program's jar
    static void main(String[] arguments) throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("serin-ticks-");
        int port = Running.freePort();
        boolean kept;
        try (var _ =
                Running.start(
                        "server",
                        directory,
                        "Serin: http",
                        Map.of(),
                        Running.embedded(
                                List.of(
                                        Running.java(),
                                        "--sun-misc-unsafe-memory-access=allow",
                                        "-jar",
                                        Path.of(arguments[0]).toAbsolutePath().toString()),
                                port,
                                directory.resolve("data")))) {
            kept = new Ticks(port).measure();
        }
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        if (!kept) {
            System.exit(1);
        }
    }

    private boolean measure() throws IOException, InterruptedException {
        System.out.println("starting " + ROLLOUTS + " rollouts …");
        var rollouts = begin();
        var feeding = Thread.ofVirtual().start(() -> feed(rollouts));
        LockSupport.parkNanos(WARM_UP.toNanos());
        double judged = sum(JUDGED, metrics());
        var lags = new ArrayList<Double>();
        long end = System.nanoTime() + MEASURED.toNanos();
        while (System.nanoTime() < end) {
            lags.add(sum(LAG, metrics()));
            LockSupport.parkNanos(LOOK.toNanos());
        }
        double perSecond = (sum(JUDGED, metrics()) - judged) / MEASURED.toSeconds();
        leaving.set(true);
        feeding.join();
        http.close();
        lags.sort(Comparator.naturalOrder());
        double late = lags.get(lags.size() * 99 / 100);
        boolean held = late < LIMIT_SECONDS;
        say("%d rollouts that get calls on one server, %.0f judged a second", ROLLOUTS, perSecond);
        say("%-36s %8s %8s %8s %8s", "", "median", "99 %", "most", "limit");
        say(
                "%-36s %8.2f %8.2f %8.2f %8.2f%s",
                "seconds since all that is due was done",
                lags.get(lags.size() / 2),
                late,
                lags.getLast(),
                LIMIT_SECONDS,
                held ? "" : "  NOT HELD");
        return held;
    }

    private List<String> begin() throws InterruptedException, IOException {
        var rollouts = new ArrayList<String>();
        for (int i = 0; i < ROLLOUTS; i++) {
            var plan =
                    """
                    route: ticks-%d
                    baseline: one
                    candidate: other
                    steps:
                      - { name: half, share: 50%%, duration: 24h }
                      - { name: full, share: 100%% }
                    rollback:
                      - error_rate >= 10%%
                      - hallucination_rate >= 8%%
                      - p95_latency_ms >= 5000
                      - avg_cost_usd >= 0.10
                    """
                            .formatted(i);
            var matcher = ID.matcher(post("/api/v1/rollouts", "application/yaml", plan));
            if (!matcher.find()) {
                throw new IllegalStateException("rollout %d has no id".formatted(i));
            }
            rollouts.add(matcher.group(1));
        }
        return rollouts;
    }

    /// Posts to one after another, so that all are due again and again.
    private void feed(List<String> rollouts) {
        var calls =
                """
                {"arm": "candidate", "error": false, "latencyMs": 800, "costUsd": 0.01, "labels": {"hallucination": false}}
                {"arm": "baseline", "error": false, "latencyMs": 400, "costUsd": 0.01, "labels": {"hallucination": false}}
                """
                        .repeat(5);
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            long next = System.nanoTime();
            for (int i = 0; !leaving.get(); i++) {
                var path =
                        "/api/v1/rollouts/%s/observations"
                                .formatted(rollouts.get(i % rollouts.size()));
                threads.execute(() -> store(path, calls));
                next += Duration.ofSeconds(1).toNanos() / BATCHES_PER_SECOND;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    private void store(String path, String calls) {
        try {
            var _ = post(path, "application/x-ndjson", calls);
        } catch (IOException e) {
            System.err.println("calls were not stored: " + e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private String post(String path, String type, String body)
            throws IOException, InterruptedException {
        var answer =
                http.send(
                        request(path)
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    "%s answered %d: %s".formatted(path, answer.statusCode(), answer.body()));
        }
        return answer.body();
    }

    private String metrics() throws IOException, InterruptedException {
        return http.send(request("/q/metrics").build(), BodyHandlers.ofString()).body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static Pattern metric(String name) {
        return Pattern.compile("^" + name + "(?:\\{[^}]*})? ([0-9.E-]+)", Pattern.MULTILINE);
    }

    private static double sum(Pattern metric, String metrics) {
        return metric.matcher(metrics)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation is in no dependency of ours
    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
