package dev.serin.server.blackbox;

import static dev.serin.server.blackbox.Asking.JSON;
import static dev.serin.server.blackbox.Asking.YAML;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serin.server.postgres.LocalPostgres;
import dev.serin.server.postgres.PostgresFailed;
import dev.serin.server.postgres.StockPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The packaged program is started on the database of the release before, one of whose servers writes on.
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("A server that is started beside one of the release before")
class UpgradedIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PASSWORD = "a long enough password";
    private static final int BEFORE = 100;
    private static final int AFTER = 50;

    @TempDir Path data;

    @Test
    @DisplayName("migrates under it, and reads all that it wrote before, meanwhile and after")
    void migratesUnderAWriter() throws Exception {
        try (var own = own();
                var older = new OlderServer(own == null ? stock() : own.config())) {
            JsonNode ended;
            JsonNode journal;
            String running;
            var first = Program.serve(Map.of("SERIN_ADMIN_PASSWORD", PASSWORD), data);
            try (var serin = new Asking(first.address(), "admin", PASSWORD)) {
                var rolledBack = started(serin, "ended");
                serin.post(rolledBack + "/rollback", JSON, "{\"version\": 1, \"comment\": \"no\"}");
                ended = serin.get(rolledBack);
                running = started(serin, "running");
                var call = "{\"arm\": \"candidate\", \"error\": false, \"latencyMs\": 1}\n";
                serin.post(running + "/observations", "application/x-ndjson", call.repeat(BEFORE));
                serin.awaitNumber(running, "/findings/0/calls", BEFORE);
                journal = serin.get(running + "/journal");
            } finally {
                first.stop();
            }
            older.inherit();
            older.begin(UUID.fromString(running.substring(running.lastIndexOf('/') + 1)));
            await().atMost(PATIENCE).until(() -> older.stored() > 0);

            var upgraded =
                    Program.serveOn(Map.of("SERIN_ADMIN_PASSWORD", PASSWORD), older.database());
            try (var serin = new Asking(upgraded.address(), "admin", PASSWORD)) {
                int meanwhile = older.stored();
                await().atMost(PATIENCE).until(() -> older.stored() > meanwhile + AFTER);
                assertThat(older.end()).as("troubles of the older server").isEmpty();

                serin.awaitNumber(running, "/findings/0/calls", BEFORE + older.stored());
                assertThat(serin.get(running + "/journal")).isEqualTo(journal);
                assertThat(serin.get("/api/v1/rollouts/" + ended.path("id").asText()))
                        .isEqualTo(ended);
            } finally {
                upgraded.stop();
            }
        }
    }

    /// The PostgreSQL that comes along; null where tests are to use another.
    private @Nullable LocalPostgres own() throws PostgresFailed {
        return StockPostgres.ofAllTests().isPresent()
                ? null
                : LocalPostgres.start(data, System.err::println);
    }

    private Map<String, String> stock() {
        return StockPostgres.ofAllTests().orElseThrow().config(Program.database(data));
    }

    private static String started(Asking serin, String route) throws Exception {
        var plan =
                """
                route: %s
                baseline: old
                candidate: new
                steps:
                  - { name: half, share: 50%%, duration: 1h }
                  - { name: full, share: 100%% }
                rollback: [ "error_rate >= 10%%" ]
                """
                        .formatted(route);
        return "/api/v1/rollouts/" + serin.post("/api/v1/rollouts", YAML, plan).path("id").asText();
    }
}
