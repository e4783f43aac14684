package dev.serin.server.gateway;

import static dev.serin.engine.traffic.Arm.CANDIDATE;
import static dev.serin.server.gateway.Client.question;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.serin.server.rollout.Server;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@DisplayName("A question that builds on an answer")
class PreviousAnswersTest {

    private static final String CALLS = "steps[0].total.candidate.find { it.of == 'error' }";

    @Inject Client client;
    @Inject Server server;

    private final String route = Server.newRoute();
    private Upstream upstream;
    private String id = "";

    @BeforeEach
    void begin() {
        upstream = Upstream.at(client.upstreamPort());
        id = client.started(route);
    }

    @Test
    @DisplayName("from before the rollout goes to the model that gave it")
    void isOlder() throws Exception {
        server.say(id, "rollback", "{\"version\": 1}").statusCode(200);
        upstream.says((_, line) -> line.json(200, answer("old")));
        assertThat(asks("anybody", "").body()).isEqualTo(answer("old"));

        id = client.started(route);
        var next = asks(", \"previous_response_id\": \"old_%s\"".formatted(route));
        assertThat(next.headers().firstValue("Serin-Arm")).hasValue("baseline");
        assertThat(upstream.asked().getLast().line()).isEqualTo("POST /old/v1/responses HTTP/1.1");
    }

    @Test
    @DisplayName("that nobody remembers is no failure of the candidate, if that does not know it")
    void isNotKnown() throws Exception {
        upstream.says((asked, line) -> {
            boolean candidates = asked.line().contains("/new/");
            if (candidates && asked.body().contains("previous_response_id")) {
                line.json(400, Upstream.error("previous_response_not_found"));
            } else {
                line.json(200, answer(candidates ? "new" : "old"));
            }
        });
        var known = asks(", \"previous_response_id\": \"resp_of_another_server\"");
        assertThat(known.body()).isEqualTo(answer("old"));
        assertThat(known.headers().firstValue("Serin-Retried")).hasValue("refused");

        assertThat(asks("").body()).isEqualTo(answer("new"));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        given().get("/api/v1/rollouts/" + id + "/evidence")
                                .then()
                                .body(CALLS + ".n", is(1))
                                .body(CALLS + ".bad", is(0)));
    }

    /// By a caller whose key falls to the candidate.
    private HttpResponse<String> asks(String more) throws Exception {
        return asks(client.key(route, CANDIDATE), more);
    }

    private HttpResponse<String> asks(String key, String more) throws Exception {
        return client.send(client.post("/v1/responses", question(route, more), key));
    }

    private String answer(String name) {
        return "{\"id\":\"%s_%s\",\"object\":\"response\",\"status\":\"completed\",\"error\":null}"
                .formatted(name, route);
    }
}
