package dev.serin.server.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.rollout.Rollout;
import dev.serin.server.TestClock;
import dev.serin.server.evidence.Gathering;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("What is stored of a rollout")
class DoorTest {

    @Inject Server server;
    @Inject AgroalDataSource database;
    @Inject Gathering gathering;
    @Inject TestClock clock;

    @Test
    @DisplayName("has a journal that nobody can change or shorten")
    void journalIsAppendOnly() {
        var id = server.started(Server.plan(Server.newRoute()));
        for (var sql :
                new String[] {
                    "update journal set version = 9 where rollout = '" + id + "'",
                    "delete from journal where rollout = '" + id + "'",
                    "truncate journal"
                }) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> execute(sql))
                    .withMessageContaining("only ever appended to");
        }
    }

    @Test
    @DisplayName("does not change when its journal cannot be written")
    void stateAndJournalGoTogether() throws Exception {
        var id = server.started(Server.plan(Server.newRoute()));
        execute(
                """
                create function no_pause() returns trigger language plpgsql as $$
                begin
                    if new.rollout = '%s' then raise exception 'no'; end if;
                    return new;
                end $$\
                """
                        .formatted(id));
        execute(
                "create trigger no_pause before insert on journal for each row"
                        + " execute function no_pause()");
        try {
            server.say(id, "pause", "{\"version\": 1}")
                    .statusCode(500)
                    .body(
                            "detail",
                            is(
                                    "something is wrong inside Serin; its log knows more under"
                                            + " this id"));
            server.get(id).body("phase", is("observing")).body("version", is(1));
        } finally {
            execute("drop trigger no_pause on journal");
            execute("drop function no_pause()");
        }
        server.say(id, "pause", "{\"version\": 1}").statusCode(200).body("version", is(2));
    }

    @Test
    @DisplayName("reads back as the same rollout")
    void readsBack() {
        var id = UUID.fromString(server.started(Server.plan(Server.newRoute())));
        Rollout stored =
                QuarkusTransaction.requiringNew().call(() -> RolloutRow.load(id).rollout());
        assertThat(stored)
                .isEqualTo(Rollout.start(stored.plan(), stored.startedBy(), stored.last()).next());
    }

    @Test
    @DisplayName("is told apart from a broken one, which keeps no other from being judged")
    void brokenOneKeepsNoOther() throws Exception {
        var broken = server.started(Server.plan(Server.newRoute()));
        var sound = server.started(Server.plan(Server.newRoute()));
        execute(
                "insert into tally (rollout, step, arm, metric, bucket, replica, n)"
                        + " values ('%s', 0, 1, 'no such track', 0, 'x', 1)".formatted(broken));
        server.calls(broken, "candidate", 60, 0);
        server.calls(sound, "candidate", 0, 60);
        server.pass(Duration.ofSeconds(1));

        server.get(sound).body("phase", is("rolledBack"));
        server.get(broken)
                .body("phase", is("observing"))
                .body("trouble", is("Serin could not judge it; its log says why"));

        execute("delete from tally where metric = 'no such track'");
        server.pass(Duration.ofSeconds(11));
        server.get(broken).body("trouble", nullValue());
    }

    @Test
    @DisplayName("sums up the same over several replicas as over one")
    void sumsOverReplicas() throws Exception {
        var id = server.started(Server.plan(Server.newRoute()));
        server.calls(id, "candidate", 90, 10);
        server.calls(id, "baseline", 100, 0);
        var one = gathered(id);
        // Half of each sum moves to another replica's row.
        execute(
                """
                insert into tally
                select rollout, step, arm, metric, bucket, 'other', n / 2, bad / 2, sum / 2, v / 2,
                  over_cap, null from tally where rollout = '%s' and histogram is null\
                """
                        .formatted(id));
        execute(
                """
                update tally t set n = t.n - o.n, bad = t.bad - o.bad, sum = t.sum - o.sum,
                  v = t.v - o.v, over_cap = 0
                from tally o where o.rollout = t.rollout and o.replica = 'other'
                  and t.replica <> 'other' and t.rollout = '%s' and o.step = t.step
                  and o.arm = t.arm and o.metric = t.metric and o.bucket = t.bucket\
                """
                        .formatted(id));
        assertThat(gathered(id)).isEqualTo(one);
    }

    @Test
    @DisplayName("is bounded: a long step is gathered in at most 140 stretches")
    void isBounded() throws Exception {
        var id = withACallInEachBucketUpTo(8999);
        clock.pass(Duration.ofSeconds(90_000));
        var step = gathered(id).of(0).orElseThrow();
        assertThat(step.filled()).hasSizeBetween(65, 140);
        assertThat(step.candidate().counts(new dev.serin.engine.judge.Track.Calls()).n())
                .isEqualTo(9_000);
    }

    @Test
    @DisplayName("merges what lies far back, and what windows reach for ever more finely")
    void isFinerTowardsTheNewest() throws Exception {
        var id = withACallInEachBucketUpTo(60480);
        var step =
                gathering
                        .of(UUID.fromString(id), clock.instant().plus(Duration.ofDays(7)))
                        .evidence()
                        .of(0)
                        .orElseThrow();
        assertThat(step.buckets()).isBetween(60_481, 60_482);
        assertThat(step.filled())
                .allSatisfy(bucket ->
                        assertThat(
                                        bucket.width() == 1
                                                || 8 * bucket.width()
                                                        <= step.buckets() - bucket.index())
                                .as(bucket.index() + " has " + bucket.width())
                                .isTrue());
    }

    private String withACallInEachBucketUpTo(int last) throws SQLException {
        var id = server.started(Server.plan(Server.newRoute()));
        execute(
                """
                insert into tally (rollout, step, arm, metric, bucket, replica, n)
                select '%s', 0, 1, 'calls', b, 'x', 1 from generate_series(0, %d) b\
                """
                        .formatted(id, last));
        return id;
    }

    private Evidence gathered(String id) {
        return gathering.of(UUID.fromString(id), clock.instant()).evidence();
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
