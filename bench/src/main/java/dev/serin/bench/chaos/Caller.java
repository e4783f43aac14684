package dev.serin.bench.chaos;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Calls a route's model through the gateway of one server.
final class Caller {

    private static final Duration PAUSE = Duration.ofMillis(40);

    private final Replica replica;
    private final Model model;
    private final String route;
    private final AtomicInteger factor;
    private final Thread thread;
    private volatile boolean leaving;

    Caller(Replica replica, Model model, String route, AtomicInteger factor) {
        this.replica = replica;
        this.model = model;
        this.route = route;
        this.factor = factor;
        this.thread = Thread.ofVirtual().name("caller " + route).start(this::call);
    }

    void end() throws InterruptedException {
        leaving = true;
        thread.join();
    }

    private void call() {
        var question =
                """
                {"model": "%s", "messages": [{"role": "user", "content": "What is a serin?"}]}\
                """
                        .formatted(route);
        while (!leaving) {
            var sent = Instant.now();
            try {
                var answer = replica.post("/v1/chat/completions", "application/json", question);
                var rollout = answer.headers().firstValue("Serin-Rollout");
                if (answer.statusCode() == 200 && rollout.isPresent()) {
                    var id = UUID.fromString(rollout.get());
                    model.asked(id);
                    if (answer.headers().firstValue("Serin-Arm").orElse("").equals("candidate")) {
                        model.answeredByCandidate(id, sent);
                    }
                }
            } catch (IOException _) {
                // The server is dead or about to be.
            } catch (InterruptedException _) {
                return;
            }
            LockSupport.parkNanos(PAUSE.dividedBy(factor.get()).toNanos());
        }
    }
}
