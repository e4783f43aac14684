package dev.serin.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.server.rollout.Changes;
import dev.serin.server.rollout.Routes;
import dev.serin.server.rollout.Server;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("A replica without word of its routes")
class LeaseTest {

    @Inject Routes routes;
    @Inject Changes changes;
    @Inject Server server;

    private final AtomicLong nanos = new AtomicLong();

    @Test
    @DisplayName("gives all calls of an active rollout to its baseline when its lease is over")
    void servesTheBaseline() {
        var route = Server.newRoute();
        server.started(
                Server.plan(route)
                        .replace("share: 5%", "share: 20%")
                        .replace("share: 25%", "share: 30%"));
        var table = new RouteTable(routes, changes, Duration.ofSeconds(15), nanos::get);
        table.refresh();
        assertThat(candidates(table, route)).isBetween(30, 80);

        nanos.addAndGet(Duration.ofSeconds(15).toNanos());
        assertThat(candidates(table, route)).isPositive();
        nanos.addAndGet(1);
        assertThat(candidates(table, route)).isZero();

        table.refresh();
        assertThat(candidates(table, route)).isPositive();
    }

    @Test
    @DisplayName("is ready from its first reading on, however old that becomes")
    void isReady() {
        var table = new RouteTable(routes, changes, Duration.ofSeconds(15), nanos::get);
        var health = new RoutesHealth(table);
        assertThat(health.call().getStatus()).isEqualTo(Status.DOWN);

        table.refresh();
        nanos.addAndGet(Duration.ofHours(1).toNanos());

        assertThat(health.call().getStatus()).isEqualTo(Status.UP);
    }

    private static int candidates(RouteTable table, String route) {
        int candidates = 0;
        for (int i = 0; i < 250; i++) {
            if (table.of(route, "key-" + i).orElseThrow().model().equals("openai/gpt-4")) {
                candidates++;
            }
        }
        return candidates;
    }
}
