package dev.serin.server.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.serin.server.TestClock;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("The scheduler")
class RolloutTicksTest {

    @Inject Server server;
    @Inject RolloutTicks ticks;
    @Inject Rollouts rollouts;
    @Inject TestClock clock;
    @Inject AgroalDataSource database;
    @Inject SessionFactory sessions;

    @Test
    @DisplayName("looks at a rollout when something came in, when a time has come, and else not")
    void looksWhenItIsDue() {
        var id = UUID.fromString(server.started(Server.plan(Server.newRoute())));
        ticks.tickAll();
        assertThat(rollouts.tick(id)).isFalse();

        server.calls(id.toString(), "candidate", 3, 0);
        assertThat(rollouts.tick(id)).isTrue();
        assertThat(rollouts.tick(id)).isFalse();

        clock.pass(Duration.ofSeconds(9));
        assertThat(rollouts.tick(id)).isFalse();
        clock.pass(Duration.ofSeconds(1));
        assertThat(rollouts.tick(id)).isTrue();
    }

    @Test
    @DisplayName("makes no plan of a query anew that it has made before")
    void knowsItsQueries() {
        var id = server.started(Server.plan(Server.newRoute()));
        lookAtNew(id);
        var statistics = sessions.getStatistics();
        statistics.setStatisticsEnabled(true);
        try {
            lookAtNew(id);
            statistics.clear();
            lookAtNew(id);
            assertThat(statistics.getQueryPlanCacheHitCount()).isPositive();
            assertThat(statistics.getQueryPlanCacheMissCount()).isZero();
        } finally {
            statistics.setStatisticsEnabled(false);
        }
    }

    private void lookAtNew(String id) {
        server.calls(id, "candidate", 1, 0);
        clock.pass(Duration.ofSeconds(10));
        ticks.tickAll();
    }

    @Test
    @DisplayName("leaves a rollout to the replica that is at it")
    void leavesItToTheOther() throws Exception {
        var id = server.started(Server.plan(Server.newRoute()));
        server.calls(id, "candidate", 0, 60);
        try (var other = database.getConnection()) {
            other.setAutoCommit(false);
            lock(other, id);
            assertThat(rollouts.tick(UUID.fromString(id))).isFalse();
            other.rollback();
            other.setAutoCommit(true);
        }
        assertThat(rollouts.tick(UUID.fromString(id))).isTrue();
        server.get(id).body("phase", is("rolledBack"));
    }

    @Test
    @DisplayName(
            "is not late while more comes in than one round can look at, as long as all have their turns")
    void keepsUpInSeveralRounds() {
        var id = server.started(Server.plan(Server.newRoute()));
        server.pass(Duration.ofSeconds(1));
        long began = System.nanoTime();
        for (int round = 0; round < 2; round++) {
            server.calls(id, "candidate", 1, 0);
            ticks.tickAll(Duration.ZERO);
        }
        assertThat(ticks.lag()).isLessThan(Duration.ofNanos(System.nanoTime() - began));
    }

    @Test
    @DisplayName("pays little for a thousand rollouts in which nothing happens")
    void paysLittleForQuiet() throws Exception {
        var id = server.started(Server.plan(Server.newRoute()));
        copies(id, 1_000);
        try {
            // Their evidence is ripe, and nothing has come in for an hour.
            server.pass(Duration.ofHours(1));
            var round = round();
            for (int i = 0; i < 60 && round.compareTo(Duration.ofSeconds(1)) > 0; i++) {
                round = round();
            }
            assertThat(round).isLessThan(Duration.ofSeconds(1));
            assertThat(activeQuiet()).isEqualTo(1_000);
        } finally {
            execute("update rollout set ended_at = now() where route like 'quiet-%'");
        }
    }

    private void copies(String id, int count) throws SQLException {
        execute(
                "insert into route select 'quiet-' || i, 'm', now() from generate_series(1, %d) i"
                        .formatted(count));
        execute(
                """
                insert into rollout
                select (jsonb_populate_record(
                  r, jsonb_build_object('id', gen_random_uuid(), 'route', 'quiet-' || i))).*
                from rollout r, generate_series(1, %2$d) i where r.id = '%1$s'\
                """
                        .formatted(id, count));
    }

    private Duration round() {
        long began = System.nanoTime();
        ticks.tickAll();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private long activeQuiet() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select count(*) from rollout where route like 'quiet-%'"
                                        + " and ended_at is null")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void lock(Connection connection, String id) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select 1 from rollout where id = '" + id + "' for update");
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
