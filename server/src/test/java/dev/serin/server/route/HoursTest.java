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
