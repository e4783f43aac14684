package dev.serin.server.rollout;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(BoundedQueriesTest.Counting.class)
@DisplayName("A page asks the database a bounded number of times")
class BoundedQueriesTest {

    @Inject Server server;
    @Inject AgroalDataSource database;

    public static class Counting implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.datasource.jdbc.driver", CountingDriver.class.getName());
        }
    }

    @Test
    @DisplayName("whatever the length of the history")
    void isBounded() throws SQLException {
        var id = server.started(Server.plan(Server.newRoute()));
        server.calls(id, "candidate", 0, 60);
        server.pass(Duration.ofSeconds(1));
        var active = server.started(Server.plan(Server.newRoute()));
        int listOfOne = asked("/");
        int pageBefore = asked("/rollouts/" + active);
        assertThat(listOfOne).isBetween(1, 12);
        assertThat(pageBefore).isBetween(1, 20);
        var route = "/routes/" + server.get(id).extract().path("route");
        assertThat(asked("/routes")).isBetween(1, 8);
        int routeBefore = asked(route);
        assertThat(routeBefore).isBetween(1, 8);

        history(id, 400);

        assertThat(given().get("/").asString()).contains("Older");
        assertThat(asked("/")).isLessThanOrEqualTo(listOfOne);
        // One more says which wordings a text is found in.
        assertThat(asked("/?text=gpt")).isLessThanOrEqualTo(listOfOne + 1);
        assertThat(asked("/rollouts/" + active)).isLessThanOrEqualTo(pageBefore);
        assertThat(asked("/routes")).isLessThanOrEqualTo(8);
        assertThat(asked(route)).isLessThanOrEqualTo(routeBefore);
        assertThat(asked("/compare?run=%s&run=%s".formatted(id, active))).isBetween(1, 16);
    }

    private static int asked(String path) {
        given().get(path).then().statusCode(200);
        int before = CountingDriver.STATEMENTS.get();
        given().get(path).then().statusCode(200);
        return CountingDriver.STATEMENTS.get() - before;
    }

    /// The same rollout over and over, one a day further back.
    private void history(String id, int runs) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    create temp table many as select gen_random_uuid() as id, d
                    from generate_series(1, %d) d\
                    """
                            .formatted(runs));
            statement.execute(
                    """
                    insert into rollout select (r).* from (
                      select jsonb_populate_record(r, jsonb_build_object('id', m.id,
                        'started_at', r.started_at - make_interval(days => m.d),
                        'ended_at', r.ended_at - make_interval(days => m.d))) as r
                      from rollout r, many m where r.id = '%s') as copied\
                    """
                            .formatted(id));
            statement.execute(
                    """
                    insert into journal select m.id, j.seq, j.version, j.at, j.entry
                    from journal j, many m where j.rollout = '%s'\
                    """
                            .formatted(id));
            statement.execute("drop table many");
        }
    }
}
