package dev.serin.bench.intake;

import dev.serin.bench.EmbeddedServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/// Services that post what they saw of their calls, each its next batch when its last one was
/// acknowledged.
final class Senders {

    private static final int SERVICES = 16;
    private static final int BATCH = 1_000;
    private static final int FAILS_ONE_OF = 50;

    /// People who ask, each again and again.
    private static final int PEOPLE = 5_000;

    private final EmbeddedServer server;
    private final String rollout;
    private final RandomGenerator random;

    Senders(EmbeddedServer server, String rollout, RandomGenerator random) {
        this.server = server;
        this.rollout = rollout;
        this.random = random;
    }

    /// Posts so many calls that nobody has told of before.
    ///
    /// @return how many a second were acknowledged
    double post(int calls) throws InterruptedException {
        var batches = new ConcurrentLinkedQueue<byte[]>();
        for (int i = 0; i < calls / BATCH; i++) {
            batches.add(batch());
        }
        long began = System.nanoTime();
        var services = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < SERVICES; i++) {
                services.add(threads.submit(() -> post(batches)));
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        requireDone(services);
        return calls / seconds;
    }

    private Void post(Queue<byte[]> batches) throws IOException, InterruptedException {
        for (var next = batches.poll(); next != null; next = batches.poll()) {
            var answer = server.observe(rollout, BodyPublishers.ofByteArray(next));
            if (!answer.replace(" ", "").contains("\"accepted\":" + BATCH)) {
                throw new IllegalStateException("not all calls were accepted: " + answer);
            }
        }
        return null;
    }

    private static void requireDone(List<Future<?>> services) throws InterruptedException {
        for (var service : services) {
            try {
                service.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a service could not post", e.getCause());
            }
        }
    }

    private byte[] batch() {
        var lines = new StringBuilder();
        var id = new byte[16];
        for (int i = 0; i < BATCH; i++) {
            random.nextBytes(id);
            lines.append(
                    String.format(
                            Locale.ROOT,
                            """
                            {"id": "chatcmpl-%s", "key": "user-%d", "arm": "%s", "error": %b, "latencyMs": %d, "costUsd": %.6f, "labels": {"hallucination": %b}}
                            """,
                            HexFormat.of().formatHex(id),
                            random.nextInt(PEOPLE),
                            random.nextBoolean() ? "candidate" : "baseline",
                            random.nextInt(FAILS_ONE_OF) == 0,
                            random.nextInt(200, 2_000),
                            random.nextDouble(0.001, 0.03),
                            random.nextInt(FAILS_ONE_OF) == 0));
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
}
