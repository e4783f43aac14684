package dev.serin.server.blackbox;

import static dev.serin.server.blackbox.Asking.FORM;
import static dev.serin.server.blackbox.Asking.JSON;
import static dev.serin.server.blackbox.Asking.YAML;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.server.postgres.StockPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The packaged program on an installed PostgreSQL 15, the oldest that it runs on, with the commands
/// that the docs have.
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("A server on what pg_dump and pg_restore of PostgreSQL 15 brought over")
class RestoredIT {

    private static final int OLDEST = 15;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PASSWORD = "a long enough password";
    private static final String OF_MIRA = "another long password";
    private static final int ENOUGH = 100;
    private static final int TOO_FEW = 20;
    private static final int BATCH = 10;
    private static final Pattern COMMANDS =
            Pattern.compile("## Back up and restore\n.*?```sh\n(.*?)```", Pattern.DOTALL);

    /// What must read the same afterwards, of what is no rollout's.
    private static final List<String> KEPT =
            List.of(
                    "/api/v1/people",
                    "/api/v1/receivers",
                    "/api/v1/freezes",
                    "/api/v1/tokens",
                    "/api/v1/routes/ended");

    @TempDir Path directory;
    private Path programs;

    @BeforeEach
    void findPostgres() {
        var found = StockPostgres.find(OLDEST);
        assertThat(found.isPresent() || !"1".equals(System.getenv("SERIN_REQUIRE_POSTGRES")))
                .as("PostgreSQL %d is installed, as SERIN_REQUIRE_POSTGRES asks for", OLDEST)
                .isTrue();
        assumeTrue(
                found.isPresent(),
                "no PostgreSQL 15 was found, so backup and restore were not tried: apt-get install postgresql-15");
        programs = found.get();
    }

    @Test
    @DisplayName(
            "knows all that was known, goes on where that was, and counts once what is sent again")
    void goesOn() throws Exception {
        try (var postgres = StockPostgres.start(programs)) {
            Before before;
            var first =
                    Program.serveOn(
                            Map.of("SERIN_ADMIN_PASSWORD", PASSWORD), postgres.config("serin"));
            try (var serin = new Asking(first.address(), "admin", PASSWORD)) {
                before = lived(serin);
                try (var writer = new Writer(serin, before.running)) {
                    writer.awaitBatches(5);
                    postgres.type(documented(), directory);
                    writer.awaitBatches(writer.batches() + 5);
                    before.batches = writer.batches();
                }
            } finally {
                first.stop();
            }
            var restored = postgres.config("serin_restored");
            assertThat(number(restored, "select sum(n) from tally where metric = 'calls'"))
                    .as("sums and calls of the dump are of one moment")
                    .isEqualTo(number(restored, "select count(*) from call"))
                    .isGreaterThanOrEqualTo(ENOUGH);

            var second = Program.serveOn(Map.of(), restored);
            try (var serin = new Asking(second.address(), "admin", PASSWORD)) {
                knowsAll(serin, before);
                opensTo(second.address(), before);
                goesOn(serin, before);
                countsOnce(restored, before);
            } finally {
                second.stop();
            }
            assertThat(second.log().lines().filter(line -> line.contains(" ERROR "))).isEmpty();
        }
    }

    /// What a server told before the dump.
    private static final class Before {
        private String ended;
        private String running;
        private String token;
        private int batches;
        private final List<JsonNode> told = new ArrayList<>();

        private List<String> addresses() {
            var all = new ArrayList<>(KEPT);
            for (var path : List.of("", "/journal", "/evidence")) {
                all.add(ended + path);
            }
            all.add(running + "/journal");
            return all;
        }
    }

    private static Before lived(Asking serin) throws Exception {
        var before = new Before();
        before.ended = started(serin, "ended");
        observe(serin, before.ended, 0, TOO_FEW);
        serin.awaitNumber(before.ended, "/findings/0/calls", TOO_FEW);
        decide(serin, before.ended, "rollback");
        before.running = started(serin, "running");
        observe(serin, before.running, 0, ENOUGH);
        // The next step has no call of its candidate yet, and cannot be passed.
        await().atMost(PATIENCE).until(() -> step(serin, before.running) == 1);
        before.token =
                serin.post(
                                "/api/v1/tokens",
                                JSON,
                                "{\"name\": \"pipeline\", \"role\": \"operator\", \"days\": 9}")
                        .path("token")
                        .asText();
        invite(serin);
        serin.post(
                "/api/v1/freezes",
                JSON,
                "{\"team\": \"payments\", \"until\": \"%s\", \"why\": \"audit\"}"
                        .formatted(Instant.now().plus(Duration.ofDays(30))));
        for (var address : before.addresses()) {
            before.told.add(settled(serin.get(address)));
        }
        return before;
    }

    private static void invite(Asking serin) throws Exception {
        var invited =
                serin.post(
                        "/api/v1/people",
                        JSON,
                        "{\"name\": \"mira\", \"roles\": [{\"team\": \"everybody\", \"role\": \"approver\"}]}");
        var address = invited.path("invitation").asText();
        var token = address.substring(address.indexOf("token=") + "token=".length());
        var chosen = URLEncoder.encode(OF_MIRA, StandardCharsets.UTF_8);
        var answer =
                serin.tell(
                        "/login/invitation",
                        FORM,
                        "token=%s&password=%s&again=%s".formatted(token, chosen, chosen));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    }

    /// The block of commands in the docs.
    private static String documented() throws IOException {
        var found = COMMANDS.matcher(Files.readString(Path.of("../docs/operate.md")));
        assertThat(found.find()).as("the docs say how to back up").isTrue();
        assertThat(found.group(1)).contains("pg_dump", "pg_restore", "serin_restored");
        return found.group(1);
    }

    private static void knowsAll(Asking serin, Before before) throws Exception {
        var told = before.told.iterator();
        for (var address : before.addresses()) {
            assertThat(settled(serin.get(address))).as(address).isEqualTo(told.next());
        }
        assertThat(step(serin, before.running)).as("step of the running one").isEqualTo(1);
    }

    /// Without what changes as time goes by.
    private static JsonNode settled(JsonNode answer) {
        if (answer instanceof ObjectNode object) {
            object.remove("at");
        }
        for (var changing : List.of("lastSeen", "lastUsed")) {
            answer.findParents(changing).forEach(one -> ((ObjectNode) one).remove(changing));
        }
        return answer;
    }

    private static void opensTo(URI address, Before before) throws Exception {
        try (var http = HttpClient.newHttpClient();
                var mira = new Asking(address, "mira", OF_MIRA);
                var nobody = new Asking(address, "mira", PASSWORD)) {
            var asked =
                    HttpRequest.newBuilder(address.resolve(before.running))
                            .header("Authorization", "Bearer " + before.token)
                            .build();
            assertThat(http.send(asked, BodyHandlers.discarding()).statusCode())
                    .as("the token opens")
                    .isEqualTo(200);
            assertThat(mira.ask(before.running).statusCode())
                    .as("mira's password opens")
                    .isEqualTo(200);
            assertThat(nobody.ask(before.running).statusCode())
                    .as("another password")
                    .isEqualTo(401);
        }
    }

    private static void goesOn(Asking serin, Before before) throws Exception {
        for (int batch = 0; batch < before.batches; batch++) {
            Writer.send(serin, before.running, batch);
        }
        observe(serin, before.running, 1, ENOUGH);
        await().atMost(PATIENCE)
                .until(() -> serin.get(before.running).path("phase").asText().equals("complete"));
        var journal = serin.get(before.running + "/journal");
        var steps = steps(journal);
        assertThat(steps).as("steps entered: %s", journal).doesNotHaveDuplicates().contains(0, 1);
        var known = before.told.getLast();
        int added = journal.size() - known.size();
        assertThat(added).as("entries since").isPositive();
        assertThat(IntStream.range(0, known.size()).mapToObj(i -> journal.get(added + i)))
                .as("what the journal had is in it still")
                .containsExactlyElementsOf(known);
    }

    private static void countsOnce(Map<String, String> database, Before before)
            throws SQLException {
        var running = before.running.substring(before.running.lastIndexOf('/') + 1);
        long sent = 2L * ENOUGH + (long) before.batches * BATCH;
        var calls = "select count(*) from call where rollout = '%s'".formatted(running);
        var sums =
                "select sum(n) from tally where metric = 'calls' and rollout = '%s'"
                        .formatted(running);
        assertThat(number(database, calls)).as("calls stored").isEqualTo(sent);
        assertThat(number(database, sums)).as("calls in the sums").isEqualTo(sent);
    }

    private static String started(Asking serin, String route) throws Exception {
        var plan =
                """
                route: %s
                baseline: old
                candidate: new
                steps:
                  - { name: first, share: 10%%, duration: 1s }
                  - { name: most, share: 50%%, duration: 1s }
                  - { name: full, share: 100%% }
                rollback: [ "error_rate >= 50%%" ]
                """
                        .formatted(route);
        return "/api/v1/rollouts/" + serin.post("/api/v1/rollouts", YAML, plan).path("id").asText();
    }

    private static void observe(Asking serin, String rollout, int step, int calls)
            throws Exception {
        var lines = new StringBuilder();
        for (int call = 0; call < calls; call++) {
            lines.append(
                    "{\"id\": \"o-%d-%d\", \"arm\": \"candidate\", \"step\": %d, \"error\": false, \"latencyMs\": 1}\n"
                            .formatted(step, call, step));
        }
        serin.post(rollout + "/observations", "application/x-ndjson", lines.toString());
    }

    private static void decide(Asking serin, String rollout, String verb) throws Exception {
        long version = serin.get(rollout).path("version").asLong();
        serin.post(
                rollout + "/" + verb,
                JSON,
                "{\"version\": %d, \"comment\": \"tested\"}".formatted(version));
    }

    private static int step(Asking serin, String rollout) throws Exception {
        return serin.get(rollout).at("/step/index").asInt();
    }

    private static List<Integer> steps(JsonNode journal) {
        return StreamSupport.stream(journal.spliterator(), false)
                .filter(entry -> entry.path("kind").asText().equals("stepEntered"))
                .map(entry -> entry.at("/step/index").asInt())
                .toList();
    }

    private static long number(Map<String, String> database, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                database.get("quarkus.datasource.jdbc.url"),
                                database.get("quarkus.datasource.username"),
                                database.get("quarkus.datasource.password"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /// Sends calls of the baseline for as long as it is not closed.
    private static final class Writer implements AutoCloseable {

        private final Thread thread;
        private volatile boolean leaving;
        private volatile int batches;
        private volatile Exception trouble;

        Writer(Asking serin, String rollout) {
            thread = Thread.ofVirtual().start(() -> write(serin, rollout));
        }

        private void write(Asking serin, String rollout) {
            try {
                while (!leaving) {
                    send(serin, rollout, batches);
                    batches++;
                }
            } catch (Exception e) {
                trouble = e;
            }
        }

        static void send(Asking serin, String rollout, int batch) throws Exception {
            var calls = new StringBuilder();
            for (int call = 0; call < BATCH; call++) {
                calls.append(
                        "{\"id\": \"c-%d-%d\", \"arm\": \"baseline\", \"step\": 1, \"error\": false, \"latencyMs\": 1}\n"
                                .formatted(batch, call));
            }
            var answer =
                    serin.post(rollout + "/observations", "application/x-ndjson", calls.toString());
            assertThat(answer.path("accepted").asInt()).as("%s", answer).isEqualTo(BATCH);
        }

        int batches() {
            return batches;
        }

        void awaitBatches(int number) {
            await().atMost(PATIENCE).until(() -> trouble != null || batches >= number);
            assertThat(trouble).as("what befell the writer").isNull();
        }

        @Override
        public void close() throws InterruptedException {
            leaving = true;
            thread.join();
        }
    }
}
