package dev.serin.server.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.serin.server.rollout.Server;
import dev.serin.server.route.Copies;
import dev.serin.server.route.Copies.What;
import dev.serin.server.route.RouteTable;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@DisplayName("A call in a shadow step")
class CopiesTest {

    @Inject Client client;
    @Inject Server server;
    @Inject RouteTable routes;
    @Inject Copies copies;

    private final CountDownLatch goOn = new CountDownLatch(1);
    private Upstream upstream;
    private String route = "";
    private String id = "";

    @BeforeEach
    void begin() {
        upstream = Upstream.at(client.upstreamPort());
        client.makeWell();
        route = Server.newRoute();
        id = shadowed("100%");
    }

    @AfterEach
    void letGo() {
        goOn.countDown();
    }

    @Test
    @DisplayName("is answered by the baseline, and the candidate gets a copy that is measured")
    void isCopied() throws Exception {
        upstream.says((asked, line) ->
                line.json(
                        200,
                        Upstream.chat(
                                UUID.randomUUID().toString(),
                                asked.isFor("large") ? "new" : "old")));
        var answer = ask(", \"user\": \"ann\"");
        assertThat(answer.body()).contains("old");
        assertThat(answer.headers().firstValue("Serin-Arm")).hasValue("baseline");
        assertThat(answer.headers().firstValue("Serin-Retried")).isEmpty();
        awaitCopies(1, 0);
        assertThat(upstream.askedFor("large")).isEqualTo(1);
        evidence()
                .body(of("candidate", "cost_usd/1") + ".sum", is(0.02f))
                .body(of("candidate", "latency_ms") + ".n", is(1))
                .body(of("baseline", "calls") + ".n", is(1))
                .body(of("baseline", "cost_usd/1") + ".sum", is(0.002f));
    }

    @Test
    @DisplayName("is neither slowed nor failed by its copy, whose failure counts for the candidate")
    void isUntouched() throws Exception {
        upstream.says((asked, line) -> {
            if (asked.isFor("large")) {
                goOn.await(10, TimeUnit.SECONDS);
                line.json(500, Upstream.error("server_error"));
            } else {
                line.json(200, Upstream.chat(UUID.randomUUID().toString(), "old"));
            }
        });
        assertThat(ask("").statusCode()).isEqualTo(200);
        goOn.countDown();
        awaitCopies(1, 1);
        evidence().body(of("baseline", "error") + ".bad", is(0));
    }

    @Test
    @DisplayName("tells of what the candidate alone refuses, and not of what both do")
    void tellsOfRefusals() throws Exception {
        upstream.says((asked, line) -> {
            if (asked.isFor("large") || asked.body().contains("\"bad\"")) {
                line.json(400, Upstream.error("unsupported_parameter"));
            } else {
                line.json(200, Upstream.chat(UUID.randomUUID().toString(), "old"));
            }
        });
        assertThat(ask(", \"bad\": 1").statusCode()).isEqualTo(400);
        assertThat(ask("").statusCode()).isEqualTo(200);
        awaitCopies(1, 1);
        evidence().body(of("candidate", "failures:refused") + ".n", is(1));
    }

    @Test
    @DisplayName("has no copy while too many are under way, and that is counted and shown")
    void hasABound() throws Exception {
        upstream.says((asked, line) -> {
            if (asked.isFor("large")) {
                goOn.await(10, TimeUnit.SECONDS);
            }
            line.json(200, Upstream.chat(UUID.randomUUID().toString(), "x"));
        });
        for (int i = 0; i < 3; i++) {
            assertThat(ask("").statusCode()).isEqualTo(200);
        }
        assertThat(copies.of(route, What.SENT)).isEqualTo(2);
        assertThat(copies.of(route, What.BUSY)).isEqualTo(1);
        goOn.countDown();
        awaitCopies(2, 0);
        given().accept("text/html")
                .get("/routes/" + route)
                .then()
                .body(containsString("2 sent, 1 left out"))
                .body(containsString("1 too many at once"));
        given().get("/q/metrics")
                .then()
                .body(
                        containsString(
                                "serin_gateway_copies_total{route=\"%s\",what=\"busy\"} 1.0"
                                        .formatted(route)));
    }

    @Test
    @DisplayName("has no copy once copies have cost what they may")
    void hasACap() throws Exception {
        upstream.says(
                (_, line) -> line.json(200, Upstream.chat(UUID.randomUUID().toString(), "x")));
        for (int i = 1; i <= 3; i++) {
            ask("");
            awaitCopies(i, 0);
        }
        ask("");
        assertThat(copies.of(route, What.SENT)).isEqualTo(3);
        assertThat(copies.of(route, What.COST)).isEqualTo(1);
    }

    @Test
    @DisplayName("is copied as seldom as the plan says, and not where it builds on an answer")
    void isSeldomCopied() throws Exception {
        upstream.says(
                (_, line) -> line.json(200, Upstream.chat(UUID.randomUUID().toString(), "x")));
        ask(", \"previous_response_id\": \"resp_1\"");
        assertThat(copies.of(route, What.SENT)).isZero();
        var other = Server.newRoute();
        var seldom = shadowed(other, "0.01%");
        client.send(client.post("/v1/chat/completions", Client.question(other, ""), " "));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        given().get("/api/v1/rollouts/" + seldom + "/evidence")
                                .then()
                                .body(of("baseline", "calls") + ".n", is(1))
                                .body(of("candidate", "calls"), nullValue()));
    }

    private String shadowed(String mirror) {
        return shadowed(route, mirror);
    }

    private String shadowed(String name, String mirror) {
        var started =
                server.started(
                        """
                        route: %s
                        baseline: old/small
                        candidate: new/large
                        steps:
                          - { name: shadow, share: 0%%, mirror: %s, duration: 30s }
                          - { name: full, share: 100%% }
                        rollback:
                          - error_rate >= 90%%
                        """
                                .formatted(name, mirror));
        routes.refresh();
        return started;
    }

    private HttpResponse<String> ask(String more) throws Exception {
        return client.send(client.post("/v1/chat/completions", Client.question(route, more), " "));
    }

    private void awaitCopies(int calls, int failed) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        evidence()
                                .body(of("candidate", "error") + ".n", is(calls))
                                .body(of("candidate", "error") + ".bad", is(failed)));
    }

    private ValidatableResponse evidence() {
        return given().get("/api/v1/rollouts/" + id + "/evidence").then();
    }

    private static String of(String arm, String what) {
        return "steps[0].total.%s.find { it.of == '%s' }".formatted(arm, what);
    }
}
