package dev.serin.server.gateway;

import static dev.serin.engine.traffic.Arm.CANDIDATE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.serin.server.rollout.Server;
import dev.serin.server.route.Flights;
import dev.serin.server.route.RouteTable;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@DisplayName("An answer that runs past a latency limit of the plan")
class LateAnswersTest {

    private static final String LIMIT = "latency_ms>=400";

    @Inject Client client;
    @Inject Server server;
    @Inject RouteTable routes;
    @Inject Flights flights;

    private final CountDownLatch goOn = new CountDownLatch(1);
    private Upstream upstream;
    private String route = "";
    private String id = "";

    @BeforeEach
    void begin() {
        upstream = Upstream.at(client.upstreamPort());
        route = Server.newRoute();
        id = client.started(route);
        server.say(id, "rollback", "{\"version\": 1}");
        id =
                server.started(
                        """
                        route: %s
                        baseline: old/small
                        candidate: new/large
                        steps:
                          - { name: half, share: 50%%, duration: 30s }
                          - { name: full, share: 100%% }
                        rollback:
                          - p95_latency_ms >= 400
                        objectives:
                          - { indicator: response_latency, target: 50%%, within: 100ms }
                        """
                                .formatted(route));
        routes.refresh();
    }

    @AfterEach
    void letGo() {
        goOn.countDown();
    }

    @Test
    @DisplayName("counts against it at that moment, and its end does not count it again")
    void countsOnce() throws Exception {
        upstream.says((_, line) -> {
            goOn.await(10, TimeUnit.SECONDS);
            line.json(200, Upstream.chat(UUID.randomUUID().toString(), "late"));
        });
        var answer = ask();
        awaitLate(1);
        assertThat(flights.of(route, CANDIDATE)).isEqualTo(1);
        evidence().body(of("calls"), nullValue()).body(of("keys") + ".n", is(1));
        goOn.countDown();
        assertThat(answer.get(10, TimeUnit.SECONDS).body()).contains("late");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> evidence().body(of("calls") + ".n", is(1)));
        evidence()
                .body(of(LIMIT) + ".n", is(1))
                .body(of(LIMIT) + ".bad", is(1))
                .body(within100() + ".n", is(1))
                .body(of("latency_ms") + ".n", is(1))
                .body(of("error") + ".bad", is(0));
        given().accept("text/html").get("/rollouts/" + id).then().statusCode(200);
    }

    @Test
    @DisplayName("still counts once its client has lost patience, who is nobody's failure")
    void countsForThoseWhoLeft() throws Exception {
        upstream.says((_, line) -> {
            line.beginStream();
            line.chunk("data: {\"id\":\"l-%s\",\"choices\":[]}\n\n".formatted(route));
            line.isLeftWithin(10);
        });
        var answer = client.stream(route, CANDIDATE);
        answer.body().read();
        awaitLate(1);
        answer.body().close();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> evidence().body(of("calls") + ".n", is(1)));
        evidence().body(of(LIMIT) + ".bad", is(1)).body(of("error"), nullValue());
    }

    @Test
    @DisplayName("rolls back while the candidate hangs and nothing has ended")
    void rollsBack() throws Exception {
        upstream.says((_, line) -> goOn.await(10, TimeUnit.SECONDS));
        var asked = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 8; i++) {
            asked.add(ask());
        }
        awaitLate(8);
        server.pass(Duration.ofSeconds(1));
        assertThat(server.phase(id)).isEqualTo("rolledBack");
        assertThat(asked).noneMatch(CompletableFuture::isDone);
        server.get(id).body("findings[0].calls", is(8)).body("findings[0].low", is(400.0f));
    }

    private CompletableFuture<HttpResponse<String>> ask() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return client.chat(route, CANDIDATE);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private void awaitLate(int calls) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() ->
                        evidence()
                                .body(of(LIMIT) + ".n", is(calls))
                                .body(of(LIMIT) + ".bad", is(calls)));
    }

    private ValidatableResponse evidence() {
        return given().get("/api/v1/rollouts/" + id + "/evidence").then();
    }

    private static String of(String what) {
        return "steps[0].total.candidate.find { it.of == '%s' }".formatted(what);
    }

    /// The objective's limit is the next number over it.
    private static String within100() {
        return "steps[0].total.candidate.find { it.of.startsWith('latency_ms>=100') }";
    }
}
