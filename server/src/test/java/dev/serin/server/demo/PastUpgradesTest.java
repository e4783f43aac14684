package dev.serin.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.rollout.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The demo's upgrades of the last weeks")
class PastUpgradesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    @DisplayName("end where a gate lapses, and not when the demo starts")
    void endWhereAGateLapses() {
        var lapsing =
                PastUpgrades.all().stream()
                        .filter(past -> past.plan().contains("then: reject"))
                        .toList();
        assertThat(lapsing)
                .isNotEmpty()
                .allSatisfy(past -> {
                    var rollout = past.play(NOW, 1).rollout();
                    assertThat(rollout.outcome().orElseThrow().kind())
                            .isEqualTo(Outcome.Kind.REJECTED);
                    assertThat(rollout.last())
                            .isBefore(NOW.minus(past.ago()).plus(Duration.ofHours(12)));
                });
    }
}
