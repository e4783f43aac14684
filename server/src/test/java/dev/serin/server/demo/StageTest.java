package dev.serin.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.engine.judge.Track;
import dev.serin.engine.rollout.Signal;
import dev.serin.server.TestClock;
import dev.serin.server.evidence.Gathering;
import dev.serin.server.rollout.Command;
import dev.serin.server.rollout.RolloutJson;
import dev.serin.server.rollout.Rollouts;
import dev.serin.server.route.RouteTable;
import dev.serin.simulator.scenario.Scenarios;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("The demo's stage")
class StageTest {

    @Inject Stage stage;
    @Inject LiveTraffic traffic;
    @Inject RouteTable routes;
    @Inject Rollouts rollouts;
    @Inject Gathering gathering;
    @Inject TestClock clock;

    @Test
    @DisplayName("plays a scenario once at a time, and again when it has ended")
    void playsAgain() {
        assertThat(stage.play("B")).isInstanceOf(Stage.Played.Started.class);
        var first = newest();
        assertThat(first.simulated()).isTrue();
        assertThat(stage.play("B")).isInstanceOf(Stage.Played.Refused.class);

        rollBack(first.id());
        clock.pass(Duration.ofSeconds(1));
        assertThat(stage.play("B")).isInstanceOf(Stage.Played.Started.class);
        assertThat(newest().id()).isNotEqualTo(first.id());
        rollBack(newest().id());
    }

    @Test
    @DisplayName("knows no other scenarios")
    void knowsNoOthers() {
        assertThat(stage.play("Z")).isInstanceOf(Stage.Played.Refused.class);
    }

    @Test
    @DisplayName("brings traffic to what it plays, each call to the arm that its key has")
    void bringsTraffic() {
        stage.play("C");
        var rollout = stage.newest(Scenarios.C).orElseThrow();
        routes.refresh();
        var cast =
                stage.casts().stream()
                        .filter(it -> it.route().equals(rollout.route()))
                        .findFirst()
                        .orElseThrow();

        traffic.beat(cast, clock.instant());
        for (int second = 0; second < 10; second++) {
            clock.pass(Duration.ofSeconds(1));
            traffic.beat(cast, clock.instant());
        }

        await().untilAsserted(() -> assertThat(calls(rollout.id())).isGreaterThan(1_500));
        rollBack(rollout.id());
    }

    @Test
    @DisplayName("has no buttons outside the demo")
    void isClosedOutsideTheDemo() {
        RestAssured.given().redirects().follow(false).post("/demo/play").then().statusCode(404);
    }

    private long calls(UUID rollout) {
        return gathering.of(rollout, clock.instant()).evidence().steps().stream()
                .mapToLong(step ->
                        step.baseline().counts(new Track.Calls()).n()
                                + step.candidate().counts(new Track.Calls()).n())
                .sum();
    }

    private RolloutJson newest() {
        return stage.newest(Scenarios.B).orElseThrow();
    }

    private void rollBack(UUID id) {
        var rollout = stage.newest(Scenarios.B).filter(it -> it.id().equals(id));
        long version = rollout.or(() -> stage.newest(Scenarios.C)).orElseThrow().version();
        rollouts.handle(Command.of(id, version, new Signal.RollBack("test", "")));
    }
}
