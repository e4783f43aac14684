package dev.serin.bench.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/// Callers who ask two servers without a pause, and know when the candidate was asked last through
/// each.
final class Callers implements AutoCloseable {

    private static final int BY_SERVER = 2;
    private static final long PAUSE_NANOS = 5_000_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final AtomicLongArray last;
    private final AtomicLongArray calls;

    Callers(List<Integer> ports, String route) {
        last = new AtomicLongArray(ports.size());
        calls = new AtomicLongArray(ports.size());
        for (int server = 0; server < ports.size(); server++) {
            var target = new Target("Serin", ports.get(server), route);
            int place = server;
            for (int i = 0; i < BY_SERVER; i++) {
                threads.add(Thread.ofVirtual().start(() -> ask(target, place)));
            }
        }
    }

    /// Whether the candidate has answered through each server.
    boolean areSplit() {
        for (int i = 0; i < last.length(); i++) {
            if (last.get(i) == 0) {
                return false;
            }
        }
        return true;
    }

    /// How many calls were answered.
    long calls() {
        long all = 0;
        for (int i = 0; i < calls.length(); i++) {
            all += calls.get(i);
        }
        return all;
    }

    /// When a call was sent last that the candidate answered, in monotonic nanoseconds, whichever
    /// server it went to.
    long lastCandidate() {
        long latest = 0;
        for (int i = 0; i < last.length(); i++) {
            latest = Math.max(latest, last.get(i));
        }
        return latest;
    }

    private void ask(Target target, int place) {
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:%d/v1/chat/completions"
                                                .formatted(target.port())))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(target.question(/* stream= */ false)))
                        .build();
        while (!leaving.get()) {
            long sent = System.nanoTime();
            try {
                var answer = http.send(request, BodyHandlers.discarding());
                boolean candidate =
                        answer.headers().firstValue("Serin-Arm").orElse("").equals("candidate");
                calls.incrementAndGet(place);
                if (candidate) {
                    last.accumulateAndGet(place, sent, Math::max);
                }
            } catch (IOException e) {
                System.err.println("a call failed: " + e);
            } catch (InterruptedException _) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void close() throws InterruptedException {
        leaving.set(true);
        for (var thread : threads) {
            thread.join();
        }
        http.close();
    }
}
