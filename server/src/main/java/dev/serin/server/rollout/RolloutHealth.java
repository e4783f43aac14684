package dev.serin.server.rollout;

import io.quarkus.scheduler.Scheduler;
import io.smallrye.health.api.Wellness;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/// Says whether rollouts are looked at in time. A replica that cannot keep up still answers calls, so
/// it is ready, but somebody should look.
@Wellness
class RolloutHealth implements HealthCheck {

    private static final Duration LATE = Duration.ofSeconds(30);

    private final RolloutTicks ticks;
    private final Scheduler scheduler;

    RolloutHealth(RolloutTicks ticks, Scheduler scheduler) {
        this.ticks = ticks;
        this.scheduler = scheduler;
    }

    @Override
    public HealthCheckResponse call() {
        var lag = ticks.lag();
        return HealthCheckResponse.named("Rollouts are judged in time")
                .status(!scheduler.isRunning() || lag.compareTo(LATE) < 0)
                .withData("lagMillis", lag.toMillis())
                .build();
    }
}
