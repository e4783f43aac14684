package dev.serin.bench.pages;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/// Measures what open pages cost a server: one rollout gets calls every second, first with nobody who
/// looks, then with 300 pages open, each of which reads its fragment anew whenever it is told to, as a
/// browser does. The processor time is that of the server and of its PostgreSQL.
public final class Watchers {

    private static final int PAGES = 300;
    private static final int HISTORY = 100;
    private static final Duration WARMING = Duration.ofSeconds(20);
    private static final Duration MEASURED = Duration.ofSeconds(30);
    private static final int CALLS_A_SECOND = 20;

    private Watchers() {}

    /// @param arguments the packaged program's jar
    static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        try (var server = GrownServer.with(Path.of(arguments[0]), HISTORY)) {
            var watched = Samples.start(server, "watched", "24h");
            var refreshes = new ConcurrentLinkedQueue<Double>();
            // Closing would wait for streams that never end; the threads are daemons.
            var threads = Executors.newVirtualThreadPerTaskExecutor();
            var running = new ArrayList<Future<?>>();
            running.add(threads.submit(() -> traffic(server, watched)));
            double alone = measure(server, refreshes);
            report("nobody looks", alone, refreshes);
            for (int i = 0; i < PAGES; i++) {
                running.add(
                        threads.submit(() -> {
                            look(server, "/rollouts/" + watched, refreshes);
                            return null;
                        }));
            }
            double seen = measure(server, refreshes);
            if (running.stream().anyMatch(Future::isDone)) {
                throw new IllegalStateException("a page was cut off, or the calls stopped");
            }
            report(PAGES + " pages are open", seen, refreshes);
            System.out.printf(
                    "one open page costs %.2f ms of processor time a second%n",
                    1000 * (seen - alone) / PAGES);
        }
        System.exit(0);
    }

    /// Cores in use.
    private static double measure(GrownServer server, ConcurrentLinkedQueue<Double> refreshes) {
        LockSupport.parkNanos(WARMING.toNanos());
        refreshes.clear();
        var before = server.processorTime();
        long began = System.nanoTime();
        LockSupport.parkNanos(MEASURED.toNanos());
        var used = server.processorTime().minus(before);
        return used.toNanos() / (double) (System.nanoTime() - began);
    }

    private static void report(String what, double cores, ConcurrentLinkedQueue<Double> refreshes) {
        var times = List.copyOf(refreshes);
        System.out.printf("%-22s %.2f cores", what, cores);
        if (!times.isEmpty()) {
            var sorted = times.stream().mapToDouble(Double::doubleValue).toArray();
            Arrays.sort(sorted);
            System.out.printf(
                    ", %.1f fragments a second, median %.1f ms, p99 %.1f ms",
                    times.size() / (double) MEASURED.toSeconds(),
                    sorted[sorted.length / 2],
                    sorted[sorted.length * 99 / 100]);
        }
        System.out.println();
    }

    private static Void traffic(GrownServer server, String rollout)
            throws IOException, InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            Samples.calls(server, rollout, CALLS_A_SECOND, 0);
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        }
        return null;
    }

    private static void look(
            GrownServer server, String path, ConcurrentLinkedQueue<Double> refreshes)
            throws IOException, InterruptedException {
        server.millis(path);
        var told = server.stream(path + "/stream").iterator();
        while (told.hasNext()) {
            if (told.next().startsWith("data")) {
                refreshes.add(server.millis(path, "HX-Request", "true", "HX-Target", "live"));
            }
        }
    }
}
