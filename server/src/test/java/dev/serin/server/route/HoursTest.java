package dev.serin.server.route;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.serin.server.evidence.Summing;
import dev.serin.server.rollout.Server;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("What an ended rollout served, added up by hours,")
class HoursTest {

    private static final String OBJECTIVES =
            """
            objectives:
              - { indicator: task_success_rate, target: 90%, window: 7d }
              - { indicator: hallucination_rate, target: 99%, window: 7d }
            """;

    @Inject Server server;
    @Inject Summing summing;
    @Inject AgroalDataSource database;

    private String route = "";
    private String id = "";
    private String call = "";

    @BeforeEach
    void ended() {
        route = Server.newRoute();
        id = server.started(Server.plan(route) + OBJECTIVES);
        server.calls(id, "candidate", 57, 3);
        server.calls(id, "baseline", 39, 0);
        call = UUID.randomUUID().toString();
        server.observe(
                        id,
                        """
                        {"id": "%s", "arm": "candidate", "error": false,
                         "labels": {"hallucination": false}}\
                        """
                                .formatted(call))
                .statusCode(200);
        server.say(
                        id,
                        "rollback",
                        "{\"version\": %d, \"comment\": \"enough\"}".formatted(server.version(id)))
                .statusCode(200);
        server.pass(Duration.ofDays(4));
    }

    @Test
    @DisplayName("reads as its stretches of 10 s did")
    void readsTheSame() throws SQLException {
        forget();
        var before = objectives();
        assertThat(before.getInt("objectives[0].calls")).isEqualTo(100);

        summing.sum();

        assertThat(hours()).isPositive();
        assertThat(objectives().getList("objectives")).isEqualTo(before.getList("objectives"));
    }

    @Test
    @DisplayName("is used for as long as nothing comes for it, and is added up again afterwards")
    void isUsed() throws SQLException {
        summing.sum();
        run("update served set n = n + 10 where rollout = ? and metric = 'label:hallucination'");
        assertThat(labelled()).isEqualTo(11);

        label(true);
        assertThat(labelled()).isEqualTo(1);
        assertThat(objectives().getInt("objectives[1].bad")).isEqualTo(1);

        summing.sum();
        assertThat(hours()).isPositive();
        assertThat(labelled()).isEqualTo(1);
        assertThat(objectives().getInt("objectives[1].bad")).isEqualTo(1);
    }

    @Test
    @DisplayName("is let go when no window of an objective reaches it any more")
    void isLetGo() throws SQLException {
        summing.sum();
        assertThat(hours()).isPositive();
        server.pass(Duration.ofDays(32));
        summing.sum();
        assertThat(hours()).isZero();
    }

    @Test
    @DisplayName(
            "equals the tallies of all rollouts of its route when something comes late for one of them")
    void equalsTheTallies() throws SQLException {
        another();
        summing.sum();
        assertThat(sumsOfRoute()).isEqualTo(sumsOfRollouts()).isNotEmpty();

        label(true);
        var corrected = objectives().getList("objectives");
        assertThat(objectives().getInt("objectives[0].calls")).isEqualTo(139);
        assertThat(objectives().getInt("objectives[1].bad")).isEqualTo(1);

        summing.sum();
        assertThat(objectives().getList("objectives")).isEqualTo(corrected);
        assertThat(sumsOfRoute()).isEqualTo(sumsOfRollouts());

        run(
                "delete from served_until u using rollout r where r.id = u.rollout"
                        + " and r.route = (select route from rollout where id = ?)");
        assertThat(sumsOfRoute()).isEmpty();
        assertThat(objectives().getList("objectives")).isEqualTo(corrected);
    }

    /// A second rollout of the route, which ended at the same time.
    private void another() {
        var second = server.started(Server.plan(route) + OBJECTIVES);
        server.calls(second, "candidate", 20, 9);
        server.calls(second, "baseline", 10, 0);
        server.say(
                        second,
                        "rollback",
                        "{\"version\": %d, \"comment\": \"enough\"}"
                                .formatted(server.version(second)))
                .statusCode(200);
        server.pass(Duration.ofDays(1));
    }

    private List<String> sumsOfRoute() throws SQLException {
        return lines(
                """
                select concat_ws(' ', metric, arm, hour, n, bad, round(sum::numeric, 6))
                from route_served where route = (select route from rollout where id = ?) order by 1\
                """);
    }

    private List<String> sumsOfRollouts() throws SQLException {
        return lines(
                """
                select concat_ws(' ', metric, arm, hour, sum(n), sum(bad),
                  round(sum(sum)::numeric, 6))
                from served s join rollout r on r.id = s.rollout
                where r.route = (select route from rollout where id = ?)
                group by metric, arm, hour order by 1\
                """);
    }

    private List<String> lines(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(sql)) {
            query.setObject(1, UUID.fromString(id));
            var lines = new ArrayList<String>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
            return lines;
        }
    }

    /// A verdict of a call of back then, told only now.
    private void label(boolean hallucinated) {
        given().contentType("application/json")
                .body(
                        """
                        [{"id": "%s", "labels": {"hallucination": %s}}]\
                        """
                                .formatted(call, hallucinated))
                .post("/api/v1/feedback")
                .then()
                .statusCode(200)
                .body("accepted", is(1));
    }

    private JsonPath objectives() {
        return given().get("/api/v1/routes/" + route).then().statusCode(200).extract().jsonPath();
    }

    private int labelled() {
        return objectives().getInt("objectives[1].calls");
    }

    private void forget() throws SQLException {
        run("delete from served_until where rollout = ?");
    }

    private void run(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, UUID.fromString(id));
            assertThat(statement.executeUpdate()).isLessThanOrEqualTo(2);
        }
    }

    private long hours() throws SQLException {
        try (var connection = database.getConnection();
                var query =
                        connection.prepareStatement(
                                "select count(*) from served where rollout = ?")) {
            query.setObject(1, UUID.fromString(id));
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
