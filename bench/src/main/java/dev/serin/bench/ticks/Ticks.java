package dev.serin.bench.ticks;

import dev.serin.bench.EmbeddedServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
    private static final Pattern LAG = metric("serin_ticks_lag_seconds");
    private static final Pattern JUDGED = metric("serin_decisions_total");

    private final EmbeddedServer server;
    private final AtomicBoolean leaving = new AtomicBoolean();

    private Ticks(EmbeddedServer server) {
        this.server = server;
    }

    /// Measures it.
    ///
    /// @param arguments the packaged program's jar
    static void main(String[] arguments) throws IOException, InterruptedException {
        boolean kept;
        try (var server = EmbeddedServer.start(Path.of(arguments[0]))) {
            kept = new Ticks(server).measure();
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
            rollouts.add(server.begin(plan));
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
                var rollout = rollouts.get(i % rollouts.size());
                threads.execute(() -> store(rollout, calls));
                next += Duration.ofSeconds(1).toNanos() / BATCHES_PER_SECOND;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    private void store(String rollout, String calls) {
        try {
            var _ = server.observe(rollout, BodyPublishers.ofString(calls));
        } catch (IOException e) {
            System.err.println("calls were not stored: " + e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private String metrics() throws IOException, InterruptedException {
        return server.get("/q/metrics");
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
