package dev.serin.bench.pages;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

/// A few rollouts that were really played, of each kind one.
///
/// @param ended ids of those that are copied
record Samples(List<String> ended) {

    /// Rollouts under way in every history, be it short or long.
    private static final int ACTIVE = 8;

    Samples {
        ended = List.copyOf(ended);
    }

    static Samples played(GrownServer server) throws IOException, InterruptedException {
        var promoted = start(server, "played-1", "5s");
        calls(server, promoted, 400, 2);
        var breached = start(server, "played-2", "1h");
        calls(server, breached, 100, 100);
        var byHand = start(server, "played-3", "1h");
        calls(server, byHand, 200, 1);
        server.post(
                "/api/v1/rollouts/" + byHand + "/rollback", "application/json", "{\"version\": 1}");
        for (int i = 0; i < ACTIVE; i++) {
            calls(server, start(server, "active-" + i, "24h"), 200, 1);
        }
        for (var id : List.of(promoted, breached, byHand)) {
            server.await(
                    "the end of " + id,
                    () -> List.of("complete", "rolledBack").contains(server.phase(id)));
        }
        return new Samples(List.of(promoted, breached, promoted, byHand, promoted));
    }

    /// Begins a rollout of a plan that ends after `duration` at best, and returns its id.
    static String start(GrownServer server, String route, String duration)
            throws IOException, InterruptedException {
        var plan =
                """
                route: %s
                baseline: openai/gpt-3.5-turbo
                candidate: openai/gpt-4
                steps:
                  - { name: canary, share: 5%%, duration: %s }
                  - { name: full, share: 100%% }
                rollback:
                  - error_rate >= 10%%
                  - p95_latency_ms >= 5000
                objectives:
                  - { indicator: task_success_rate, target: 95%% }
                """
                        .formatted(route, duration);
        var answer = server.post("/api/v1/rollouts", "application/yaml", plan);
        return answer.replaceAll("(?s).*?\"id\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    }

    /// Sends calls of both arms; the bad ones are the candidate's.
    static void calls(GrownServer server, String id, int good, int bad)
            throws IOException, InterruptedException {
        for (var arm : List.of("candidate", "baseline")) {
            var rows = new StringBuilder("[");
            for (int i = 0; i < good + bad; i++) {
                rows.append(i == 0 ? "" : ",")
                        .append(
                                """
                                {"id": "%s", "key": "%s", "arm": "%s", "error": %s, "latencyMs": %d, "costUsd": 0.01}\
                                """
                                        .formatted(
                                                UUID.randomUUID(),
                                                UUID.randomUUID(),
                                                arm,
                                                arm.equals("candidate") && i >= good,
                                                600 + i));
            }
            server.post(
                    "/api/v1/rollouts/" + id + "/observations",
                    "application/json",
                    rows.append("]").toString());
        }
    }
}
