package dev.serin.bench.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/// Measures how fast the candidate's calls end on two servers of one PostgreSQL: after the kill switch
/// was pressed, and after the observation that breaches was acknowledged. Ends with 1 if a limit is
/// not held.
public final class WayBack {

    private static final int ROUNDS = 21;
    private static final int QUICK_ROUNDS = 5;

    /// In one batch: more than a tenth of what was asked of the candidate till then.
    private static final int FAILURES = 1_000;

    private static final double LIMIT_SECONDS = 1.5;

    /// Silence of the candidate for so long says that its last call was its last.
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TwoServers servers;

    private WayBack(TwoServers servers) {
        this.servers = servers;
    }

    /// What is done to end a rollout.
    private interface End {
        /// Ends it, and tells when its time begins, in monotonic nanoseconds.
        long of(int port, String route, String rollout) throws IOException, InterruptedException;
    }

    /// Measures both.
    ///
    /// @param arguments the packaged program's jar; `quick` for a look instead of a measurement
    static void main(String[] arguments) throws IOException, InterruptedException {
        boolean quick = arguments.length > 1 && arguments[1].equals("quick");
        int rounds = quick ? QUICK_ROUNDS : ROUNDS;
        boolean kept;
        try (var servers = new TwoServers(Path.of(arguments[0]))) {
            var run = new WayBack(servers);
            say(
                    "%-44s %8s %8s %8s %8s",
                    "seconds to the last call of the candidate",
                    "median",
                    "most",
                    "of limit",
                    "limit");
            kept = run.measure("kill switch, from the press", "kill", rounds, run::press);
            kept &=
                    run.measure(
                            "rollback, from the acknowledgement", "breach", rounds, run::breach);
        }
        if (!kept) {
            System.exit(1);
        }
    }

    private boolean measure(String what, String name, int rounds, End end)
            throws IOException, InterruptedException {
        var seconds = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            seconds[i] = once("%s-%d".formatted(name, i), i, end);
        }
        Arrays.sort(seconds);
        double median = seconds[rounds / 2];
        boolean held = median <= LIMIT_SECONDS;
        say(
                "%-44s %8.3f %8.3f %8.2f %8.2f%s",
                what,
                median,
                seconds[rounds - 1],
                median / LIMIT_SECONDS,
                LIMIT_SECONDS,
                held ? "" : "  NOT HELD");
        return held;
    }

    /// Ends one rollout through one of the servers, in turns.
    private double once(String route, int round, End end) throws IOException, InterruptedException {
        var rollout = servers.begin(route);
        try (var callers = new Callers(servers.ports(), route)) {
            long patience = System.nanoTime() + PATIENCE.toNanos();
            while (!callers.areSplit()) {
                requireBefore(patience, "the candidate was not called on both servers");
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
            int port = servers.ports().get(round % servers.ports().size());
            long began = end.of(port, route, rollout);
            while (System.nanoTime() - Math.max(began, callers.lastCandidate())
                    < SILENCE.toNanos()) {
                requireBefore(patience, "the candidate was called on and on");
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
            return Math.max(0, callers.lastCandidate() - began) / 1e9;
        }
    }

    private long press(int port, String route, String rollout)
            throws IOException, InterruptedException {
        long pressed = System.nanoTime();
        var _ =
                servers.post(
                        port,
                        "/api/v1/routes/%s/restore".formatted(route),
                        "application/json",
                        "{\"comment\": \"measured\"}");
        return pressed;
    }

    private long breach(int port, String route, String rollout)
            throws IOException, InterruptedException {
        var failures = new StringBuilder();
        for (int i = 0; i < FAILURES; i++) {
            failures.append(
                    "{\"id\": \"%s-%d\", \"arm\": \"candidate\", \"error\": true}\n"
                            .formatted(route, i));
        }
        var _ =
                servers.post(
                        port,
                        "/api/v1/rollouts/%s/observations".formatted(rollout),
                        "application/x-ndjson",
                        failures.toString());
        return System.nanoTime();
    }

    private static void requireBefore(long nanos, String otherwise) {
        if (System.nanoTime() > nanos) {
            throw new IllegalStateException(otherwise);
        }
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation is in no dependency of ours
    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
