package dev.serin.bench.intake;

import dev.serin.bench.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Has services post calls, and `COPY` the same rows past the server, in turns. Ends with 1 if Serin
/// stores fewer than half as many a second.
public final class Intake {

    private static final int ROUNDS = 7;
    private static final int CALLS = 200_000;

    /// Before the first round, till the server runs as it will.
    private static final int WARM_UP = 400_000;

    private static final double LIMIT = 0.5;
    private static final long SEED = 1;

    private static final String PLAN =
            """
            route: intake-%d
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
            """;

    private final EmbeddedServer server;
    private final Copier copier;
    private final RandomGenerator random = RandomGeneratorFactory.getDefault().create(SEED);

    private Intake(EmbeddedServer server, Copier copier) {
        this.server = server;
        this.copier = copier;
    }

    /// Measures it.
    ///
    /// @param arguments the packaged program's jar
    static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        boolean kept;
        try (var server = EmbeddedServer.start(Path.of(arguments[0]));
                var database = server.connect()) {
            kept = new Intake(server, new Copier(database)).measure();
        }
        if (!kept) {
            System.exit(1);
        }
    }

    private boolean measure() throws IOException, InterruptedException, SQLException {
        say("storing %,d calls, to warm up …", WARM_UP);
        var _ = round(0, WARM_UP);
        say("%-10s %14s %14s %8s", "round", "Serin, rows/s", "COPY, rows/s", "ratio");
        var ratios = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            var rates = round(i + 1, CALLS);
            ratios[i] = rates.serin / rates.copy;
            say("%-10d %,14.0f %,14.0f %8.2f", i + 1, rates.serin, rates.copy, ratios[i]);
        }
        Arrays.sort(ratios);
        double median = ratios[ROUNDS / 2];
        boolean held = median >= LIMIT;
        say(
                "durable, acknowledged observations: %.2f of COPY (median of %d rounds of %,d; limit %.2f)%s",
                median, ROUNDS, CALLS, LIMIT, held ? "" : "  NOT HELD");
        return held;
    }

    /// Rows a second.
    private record Rates(double serin, double copy) {}

    private Rates round(int number, int calls)
            throws IOException, InterruptedException, SQLException {
        var rollout = server.begin(PLAN.formatted(number));
        copier.settle();
        double serin = new Senders(server, rollout, random).post(calls);
        return new Rates(serin, copier.copy(rollout, calls));
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation is in no dependency of ours
    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
