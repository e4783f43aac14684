package dev.serin.server.blackbox;

import static dev.serin.server.blackbox.Asking.JSON;
import static dev.serin.server.blackbox.Asking.YAML;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Three servers of the packaged program on one PostgreSQL. The last test kills one of them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DisplayName("Three servers on one PostgreSQL")
class ReplicasIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TWO_TICKS = Duration.ofSeconds(2);
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final String PASSWORD = "a long enough password";
    private static final String CANDIDATE = "new";
    private static final String BASELINE = "old";

    /// Ticks that looked at a rollout, whatever came of it.
    private static final Pattern TICKS =
            Pattern.compile("serin_decisions_total\\{[^}]*signal=\"Tick\"[^}]*} ([0-9.]+)");

    @TempDir static Path data;
    private final List<Program> programs = new ArrayList<>();
    private final List<Asking> servers = new ArrayList<>();

    @BeforeAll
    void start() throws IOException {
        for (int i = 0; i < 3; i++) {
            var program = Program.serve(Map.of("SERIN_ADMIN_PASSWORD", PASSWORD), data);
            programs.add(program);
            servers.add(new Asking(program.address(), "admin", PASSWORD));
        }
    }

    @AfterAll
    void stop() throws InterruptedException {
        servers.forEach(Asking::close);
        for (var program : programs) {
            program.stop();
        }
    }

    @Test
    @Order(1)
    @DisplayName("share the judging, though nobody leads")
    void shareTheWork() throws Exception {
        var rollouts = new ArrayList<String>();
        for (int i = 0; i < 12; i++) {
            rollouts.add(started("shared-" + i, "1h"));
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    for (var rollout : rollouts) {
                        observe(servers.getFirst(), rollout, 0, 1);
                    }
                    for (var server : servers) {
                        assertThat(ticks(server))
                                .as("%s has judged", server.address())
                                .isPositive();
                    }
                });
    }

    @Test
    @Order(2)
    @DisplayName(
            "take the candidate away everywhere within a second of a decision, and give it more")
    void splitsChangeEverywhere() throws Exception {
        var taken = new ArrayList<Duration>();
        var given = new ArrayList<Duration>();
        for (int round = 0; round < 5; round++) {
            var decider = servers.get(round % servers.size());
            var route = "split-" + round;
            var rollout = started(route, "1h");
            // The same key on every server: it is the candidate's once everybody gets it.
            observe(decider, rollout, 0, 100);
            await().atMost(PATIENCE).until(() -> isMet(decider.get(rollout)));
            given.add(untilAllSay(CANDIDATE, route, () -> decide(decider, rollout, "promote")));
            taken.add(untilAllSay(BASELINE, route, () -> decide(decider, rollout, "rollback")));
        }
        assertThat(median(given)).as("of %s", given).isLessThan(A_SECOND);
        assertThat(median(taken)).as("of %s", taken).isLessThan(A_SECOND);
    }

    @Test
    @Order(3)
    @DisplayName("show on each one's page what another has decided, and tell the open ones")
    void pagesShowWhatOthersDecided() throws Exception {
        var rollout = started("paged", "1h");
        var page = rollout.replace("/api/v1", "");
        var other = servers.get(2);
        assertThat(other.ask(page).body()).doesNotContain("too dear");
        try (var lines = other.stream(page + "/stream")) {
            var words = lines.filter(line -> line.equals("event:changed")).iterator();
            // The first word is for who was away.
            words.next();
            decide(servers.get(1), rollout, "pause", "too dear");
            words.next();
            assertThat(other.ask(page).body()).contains("too dear");
        }
    }

    @Test
    @Order(4)
    @DisplayName("go on with a dead one's rollouts within two ticks")
    void goOnWithADeadOnesRollouts() throws Exception {
        var dying = servers.get(2);
        var step = Duration.ofSeconds(5);
        var rollouts = new ArrayList<String>();
        for (int i = 0; i < 8; i++) {
            rollouts.add(started(dying, "orphan-" + i, "5s"));
        }
        for (var rollout : rollouts) {
            observe(dying, rollout, 0, 100);
        }
        programs.get(2).kill();

        var left = servers.getFirst();
        for (var rollout : rollouts) {
            await().atMost(PATIENCE).until(() -> left.get(rollout).at("/step/index").asInt() == 1);
            var entered = entered(left, rollout);
            assertThat(entered).as("each step is entered once").hasSize(2);
            // By the database's clock, which no pause of this test bends.
            assertThat(Duration.between(entered.getFirst(), entered.get(1)))
                    .isBetween(step, step.plus(TWO_TICKS));
        }
    }

    private interface Deed {
        void run() throws Exception;
    }

    /// How long after the answer to `deed` every server has sent a key to this model.
    private Duration untilAllSay(String model, String route, Deed deed) throws Exception {
        deed.run();
        long began = System.nanoTime();
        for (var server : servers) {
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> model.equals(modelOf(server, route)));
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static String modelOf(Asking server, String route) throws Exception {
        var answer =
                server.tell(
                        "/ofrep/v1/evaluate/flags/" + route,
                        JSON,
                        "{\"context\": {\"targetingKey\": \"user-1\"}}");
        // A server that has not heard of the route yet knows no such flag.
        return answer.statusCode() == 404 ? "" : server.read(answer).path("value").asText();
    }

    private static Duration median(List<Duration> durations) {
        return durations.stream().sorted().toList().get(durations.size() / 2);
    }

    private String started(String route, String duration) throws Exception {
        return started(servers.getFirst(), route, duration);
    }

    /// Where the API has the rollout of a plan whose first step has this duration.
    private static String started(Asking server, String route, String duration) throws Exception {
        var plan =
                """
                route: %s
                baseline: %s
                candidate: %s
                steps:
                  - { name: first, share: 0.1%%, duration: %s }
                  - { name: most, share: 100%%, duration: 1h }
                rollback: [ "error_rate >= 50%%" ]
                """
                        .formatted(route, BASELINE, CANDIDATE, duration);
        return "/api/v1/rollouts/"
                + server.post("/api/v1/rollouts", YAML, plan).path("id").asText();
    }

    private static void observe(Asking server, String rollout, int step, int calls)
            throws Exception {
        var call =
                "{\"arm\": \"candidate\", \"step\": %d, \"error\": false, \"latencyMs\": 1}\n"
                        .formatted(step);
        server.post(rollout + "/observations", "application/x-ndjson", call.repeat(calls));
    }

    private static boolean isMet(JsonNode rollout) {
        return rollout.at("/findings/0/finding").asText().equals("met");
    }

    private static void decide(Asking server, String rollout, String verb) throws Exception {
        decide(server, rollout, verb, "tested");
    }

    private static void decide(Asking server, String rollout, String verb, String comment)
            throws Exception {
        var wish =
                "{\"version\": %d, \"comment\": \"%s\"}"
                        .formatted(server.get(rollout).path("version").asLong(), comment);
        server.post(rollout + "/" + verb, JSON, wish);
    }

    private static double ticks(Asking server) throws Exception {
        return TICKS.matcher(server.ask("/q/metrics").body())
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }

    private static List<Instant> entered(Asking server, String rollout) throws Exception {
        var journal = server.get(rollout + "/journal");
        var entries = journal.isArray() ? journal : journal.path("entries");
        return StreamSupport.stream(entries.spliterator(), false)
                .filter(entry -> entry.path("kind").asText().equals("stepEntered"))
                .map(entry -> Instant.parse(entry.path("at").asText()))
                .sorted()
                .toList();
    }
}
