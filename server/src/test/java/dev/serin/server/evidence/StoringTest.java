package dev.serin.server.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serin.engine.judge.Call;
import dev.serin.engine.judge.Quantity;
import dev.serin.engine.judge.Recorder;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.SerinConfig;
import dev.serin.server.TestClock;
import dev.serin.server.rollout.Server;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("What is stored of calls")
class StoringTest {

    private static final Track COST = new Track.Sum(Quantity.COST_USD, 1);

    @Inject Server server;
    @Inject TestClock clock;
    @Inject AgroalDataSource database;
    @Inject SerinConfig config;
    @Inject Gathering gathering;

    private UUID id;

    @BeforeEach
    void started() {
        // Another test's connections may still be broken.
        for (int attempt = 0; attempt < 30; attempt++) {
            var response = server.post(Server.plan(Server.newRoute())).extract();
            if (response.statusCode() == 201) {
                id = UUID.fromString(response.path("id"));
                return;
            }
        }
        throw new AssertionError("no rollout could be started");
    }

    /// Those that were broken here are not for the tests that come after.
    @AfterEach
    void forgetBrokenConnections() {
        database.flush(AgroalDataSource.FlushMode.IDLE);
        Awaitility.await()
                .until(() -> {
                    try (var connection = database.getConnection()) {
                        return connection.isValid(1);
                    }
                });
    }

    @Test
    @DisplayName("is folded on from the stored sums by a process that has just started")
    void goesOnAfterARestart() {
        var all = new Recorder(List.of(COST), Tallies.NONE);
        for (int process = 0; process < 3; process++) {
            var fresh = new Storing(database, clock, new Replica(), config);
            for (int i = 0; i < 5; i++) {
                var call = costing(0.01 * (1 + process * 5 + i));
                all.record(call);
                fresh.store(List.of(batch(call)));
            }
        }
        var stored = candidate().moments(COST);
        var told = (Tally.Moments) all.tallies().byTrack().get(COST);
        assertThat(stored.n()).isEqualTo(told.n()).isEqualTo(15);
        assertThat(stored.sum()).isCloseTo(told.sum(), within(1e-12));
        assertThat(stored.v()).isCloseTo(told.v(), within(1e-12));
    }

    @Test
    @DisplayName("adds up the histograms of two processes in one bucket")
    void addsHistograms() {
        var one = new Storing(database, clock, new Replica(), config);
        var other = new Storing(database, clock, new Replica(), config);
        for (int i = 0; i < 4; i++) {
            one.store(List.of(batch(lasting(100))));
            other.store(List.of(batch(lasting(100)), batch(lasting(9_000))));
        }
        var histogram = candidate().histogram(new Track.Spread(Quantity.LATENCY_MS));
        assertThat(histogram.n()).isEqualTo(12);
        assertThat(histogram.buckets().values()).containsExactlyInAnyOrder(8L, 4L);
    }

    @Test
    @DisplayName("is all that was acknowledged, and each call once, while connections break")
    void losesNothing() throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        var statuses = new ConcurrentLinkedQueue<Integer>();
        var callers = new ArrayList<Thread>();
        for (int caller = 0; caller < 4; caller++) {
            callers.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int i = 0; i < 15; i++) {
                                    post(acknowledged, statuses);
                                }
                            }));
        }
        while (callers.stream().anyMatch(Thread::isAlive)) {
            breakConnections();
            callers.getFirst().join(java.time.Duration.ofMillis(40));
        }
        for (var caller : callers) {
            caller.join();
        }
        assertThat(statuses).contains(200).allMatch(code -> code == 200 || code >= 500);
        assertThat(stored()).containsAll(acknowledged);
        assertThat(candidate().counts(new Track.Calls()).n()).isEqualTo(stored().size());
        assertThat(candidate().histogram(new Track.Spread(Quantity.LATENCY_MS)).n())
                .isEqualTo(stored().size());
    }

    private void post(Set<String> acknowledged, ConcurrentLinkedQueue<Integer> statuses) {
        var call = UUID.randomUUID().toString();
        var body = "[{\"id\": \"%s\", \"arm\": \"candidate\", \"latencyMs\": 5}]".formatted(call);
        // A caller that heard nothing asks again, as callers do.
        for (int attempt = 0; attempt < 3; attempt++) {
            int status =
                    given().contentType("application/json")
                            .body(body)
                            .post("/api/v1/rollouts/" + id + "/observations")
                            .statusCode();
            statuses.add(status);
            if (status == 200) {
                acknowledged.add(call);
                return;
            }
        }
    }

    private void breakConnections() {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid()
                      and query ilike '%tally%'\
                    """);
        } catch (SQLException _) {
            // The connection that was to break the others was broken itself.
        }
    }

    private List<String> stored() throws SQLException {
        for (int attempt = 0; ; attempt++) {
            var ids = new ArrayList<String>();
            try (var connection = database.getConnection();
                    var statement = connection.createStatement();
                    var rows =
                            statement.executeQuery(
                                    "select id from call where rollout = '" + id + "'")) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
                return ids;
            } catch (SQLException e) {
                // Connections of the pool may still be broken.
                if (attempt == 30) {
                    throw e;
                }
            }
        }
    }

    private Tallies candidate() {
        return gathering.of(id, clock.instant()).evidence().of(0).orElseThrow().candidate();
    }

    private Batch batch(Call call) {
        var seen = new Seen(null, Arm.CANDIDATE, null, null, null, null, false, call);
        return Batch.of(id, List.of(new Batch.Row(0, seen)), List.of(), null);
    }

    private static Call costing(double usd) {
        return new Call(null, null, null, null, usd, null, Map.of());
    }

    private static Call lasting(double ms) {
        return new Call(null, null, ms, null, null, null, Map.of());
    }
}
