package dev.serin.server.rollout;

import static io.restassured.RestAssured.config;
import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;

import dev.serin.server.TestClock;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// What tests say to the server, in their words. Each plan gets a route of its own.
@Singleton
public class Server {

    private static final int MOST_ROUNDS = 20;

    private static final AtomicInteger ROUTES = new AtomicInteger();

    private final TestClock clock;
    private final RolloutTicks ticks;

    Server(TestClock clock, RolloutTicks ticks) {
        this.clock = clock;
        this.ticks = ticks;
    }

    public static String newRoute() {
        return "route-" + ROUTES.incrementAndGet();
    }

    /// Four steps with a gate after the third.
    public static String plan(String route) {
        return """
        route: %s
        baseline: openai/gpt-3.5-turbo
        candidate: openai/gpt-4
        steps:
          - { name: 5%% canary, share: 5%%, duration: 30s }
          - { name: 25%% ramp, share: 25%%, duration: 30s, gate: manual }
          - { name: full, share: 100%% }
        rollback:
          - error_rate >= 10%%
        """
                .formatted(route);
    }

    /// The same after a step that measures the baseline alone.
    public static String measuring(String route) {
        return plan(route)
                .replace("steps:\n", "steps:\n  - { name: baseline, share: 0%, duration: 60s }\n");
    }

    public String started(String yaml) {
        return post(yaml).statusCode(201).extract().path("id");
    }

    public ValidatableResponse post(String yaml) {
        return yaml().body(yaml).post("/api/v1/rollouts").then();
    }

    public ValidatableResponse get(String id) {
        return given().get("/api/v1/rollouts/" + id).then();
    }

    public String phase(String id) {
        return get(id).extract().path("phase");
    }

    public int version(String id) {
        return get(id).extract().path("version");
    }

    public ValidatableResponse say(String id, String verb, String json) {
        return json().body(json).post("/api/v1/rollouts/" + id + "/" + verb).then();
    }

    public ValidatableResponse observe(String id, String json) {
        return json().body(json).post("/api/v1/rollouts/" + id + "/observations").then();
    }

    /// Calls without and with an error, all of them now.
    public void calls(String id, String arm, int good, int bad) {
        var rows = new StringBuilder("[");
        for (int i = 0; i < good + bad; i++) {
            rows.append(i == 0 ? "" : ",")
                    .append(
                            """
                            {"id": "%s", "arm": "%s", "error": %s, "latencyMs": 800, "costUsd": 0.01}\
                            """
                                    .formatted(UUID.randomUUID(), arm, i >= good));
        }
        observe(id, rows.append("]").toString()).statusCode(200);
    }

    /// Lets time pass, and has ticks look at all that it brought. On a slow machine a round may leave
    /// some of what other tests left behind to the next one.
    public void pass(Duration time) {
        clock.pass(time);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            long began = System.nanoTime();
            ticks.tickAll();
            if (ticks.lag().toNanos() <= System.nanoTime() - began) {
                return;
            }
        }
        throw new AssertionError(
                "no round of %d looked at all that was due".formatted(MOST_ROUNDS));
    }

    /// To the open gate of [#plan(String)].
    public void toGate(String id) {
        for (int step = 0; step < 2; step++) {
            // Calls that answer now began a moment ago, and are to belong to this step.
            clock.pass(Duration.ofSeconds(2));
            calls(id, "candidate", 200, 0);
            calls(id, "baseline", 200, 0);
            pass(Duration.ofSeconds(31));
        }
    }

    static RequestSpecification yaml() {
        return given().config(
                        config().encoderConfig(
                                        encoderConfig()
                                                .encodeContentTypeAs(
                                                        "application/yaml", ContentType.TEXT)))
                .contentType("application/yaml");
    }

    private static RequestSpecification json() {
        return given().contentType("application/json");
    }
}
