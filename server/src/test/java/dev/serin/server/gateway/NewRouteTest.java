package dev.serin.server.gateway;

import static dev.serin.server.gateway.Client.question;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.server.rollout.Server;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@DisplayName("A route that has just begun")
class NewRouteTest {

    @Inject Client client;
    @Inject AgroalDataSource database;

    @RepeatedTest(5)
    @DisplayName("is known to the very next call, though no word of it has come in yet")
    void isKnown() throws Exception {
        Upstream.at(client.upstreamPort()).says((_, line) -> line.json(200, "{}"));
        var route = Server.newRoute();
        insert(route);

        var answer = client.send(client.post("/v1/chat/completions", question(route, ""), "ada"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /// Past the server, so that nothing tells it.
    private void insert(String route) throws SQLException {
        try (var connection = database.getConnection();
                var insert =
                        connection.prepareStatement(
                                "insert into route (name, model, since) values (?, 'old/small', now())")) {
            insert.setString(1, route);
            insert.executeUpdate();
        }
    }
}
