package dev.serin.bench.chaos;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// Has one rollout after another on each route, until told to begin no more.
final class Upgrades {

    /// What is known of the rollout under way.
    ///
    /// @param bad whether its candidate fails too often
    record Run(UUID id, boolean bad) {}

    private static final Duration LOOK = Duration.ofMillis(300);
    private static final Set<String> ENDS = Set.of("complete", "rolledBack");
    private static final List<String> MODELS = List.of("standin/gpt-3.5", "standin/gpt-4-good");

    private final Site site;
    private final Model model;
    private final Map<String, Run> current = new ConcurrentHashMap<>();
    private final Map<String, Thread> threads = new ConcurrentHashMap<>();
    private volatile boolean ending;

    Upgrades(Site site, Model model) {
        this.site = site;
        this.model = model;
    }

    /// A route whose calls are posted; every third of its candidates is bad, and rolls back by itself.
    void onPosted(String route, long seed) {
        begin(route, seed, /* byHand= */ false);
    }

    /// A route whose calls go through the gateway; a person rolls back every other one.
    void onGateway(String route, long seed) {
        begin(route, seed, /* byHand= */ true);
    }

    Optional<Run> on(String route) {
        return Optional.ofNullable(current.get(route));
    }

    List<String> routes() {
        return List.copyOf(threads.keySet());
    }

    /// Begins no more, and waits for those under way.
    ///
    /// @return the routes whose rollout has not ended in time
    List<String> end(Duration patience) throws InterruptedException {
        ending = true;
        long end = System.nanoTime() + patience.toNanos();
        for (var thread : threads.values()) {
            var left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
            thread.join(left);
        }
        var late = new ArrayList<String>();
        threads.forEach((route, thread) -> {
            if (thread.isAlive()) {
                late.add(route);
            }
        });
        threads.values().forEach(Thread::interrupt);
        return late;
    }

    private void begin(String route, long seed, boolean byHand) {
        var random = new Random(seed);
        threads.put(
                route,
                Thread.ofVirtual()
                        .name(route)
                        .start(() -> {
                            try {
                                for (int i = 0; !ending; i++) {
                                    var run = start(route, !byHand && i % 3 == 2);
                                    current.put(route, run);
                                    see(route, run, byHand && i % 2 == 0, random);
                                    current.remove(route);
                                }
                            } catch (InterruptedException _) {
                                // The suite has ended.
                            }
                        }));
    }

    private Run start(String route, boolean bad) throws InterruptedException {
        while (true) {
            try {
                var found = underWay(route);
                if (found.isPresent()) {
                    return new Run(found.get(), bad);
                }
                var answer = site.any().post("/api/v1/rollouts", "application/yaml", plan(route));
                if (answer.statusCode() == 201) {
                    return new Run(
                            UUID.fromString(new JsonObject(answer.body()).getString("id")), bad);
                }
                if (answer.statusCode() != 409 && answer.statusCode() < 500) {
                    model.odd("a plan was answered " + answer.statusCode() + ": " + answer.body());
                }
            } catch (IOException | SQLException _) {
                // It may have been started all the same: looked for first.
            }
            model.retried();
            rest();
        }
    }

    private Optional<UUID> underWay(String route) throws SQLException {
        try (var database = site.database().connect();
                var query =
                        database.prepareStatement(
                                "select id from rollout where route = ? and ended_at is null")) {
            query.setString(1, route);
            try (var rows = query.executeQuery()) {
                return rows.next() ? Optional.of(rows.getObject(1, UUID.class)) : Optional.empty();
            }
        }
    }

    private String plan(String route) throws SQLException {
        var baseline = serving(route);
        var candidate = baseline.equals(MODELS.getFirst()) ? MODELS.getLast() : MODELS.getFirst();
        return """
        route: %s
        baseline: %s
        candidate: %s
        key: request
        steps:
          - { name: canary, share: 10%%, duration: 3s }
          - { name: half, share: 50%%, duration: 3s }
          - { name: full, share: 100%% }
        rollback:
          - error_rate >= 20%%
          - { when: hallucination_rate >= 90%%, then: show }
        """
                .formatted(route, baseline, candidate);
    }

    private String serving(String route) throws SQLException {
        try (var database = site.database().connect();
                var query = database.prepareStatement("select model from route where name = ?")) {
            query.setString(1, route);
            try (var rows = query.executeQuery()) {
                return rows.next() ? rows.getString(1) : MODELS.getFirst();
            }
        }
    }

    /// Returns when the rollout has ended.
    private void see(String route, Run run, boolean byHand, Random random)
            throws InterruptedException {
        long press = System.nanoTime() + Duration.ofMillis(2_000 + random.nextInt(3_000)).toNanos();
        while (true) {
            rest();
            try {
                var answer = site.any().get("/api/v1/rollouts/" + run.id);
                if (answer.statusCode() != 200) {
                    continue;
                }
                if (ENDS.contains(new JsonObject(answer.body()).getString("phase"))) {
                    return;
                }
                if (byHand && System.nanoTime() > press) {
                    var _ =
                            site.any()
                                    .post(
                                            "/api/v1/routes/%s/restore".formatted(route),
                                            "application/json",
                                            "{\"comment\": \"pressed\"}");
                }
            } catch (IOException _) {
                model.retried();
            }
        }
    }

    private static void rest() throws InterruptedException {
        LockSupport.parkNanos(LOOK.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
