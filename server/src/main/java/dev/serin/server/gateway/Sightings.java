package dev.serin.server.gateway;

import dev.serin.engine.traffic.Arm;
import dev.serin.server.provider.Prices;
import dev.serin.server.rollout.Serving;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Makes what observes a call.
@Singleton
class Sightings {

    private final Outbox outbox;
    private final Prices prices;
    private final CallNames names;

    Sightings(Outbox outbox, Prices prices, CallNames names) {
        this.outbox = outbox;
        this.prices = prices;
        this.names = names;
    }

    /// What observes one call, as [Sighting] is told.
    Sighting of(
            Serving.@Nullable Split split,
            Arm arm,
            @Nullable String key,
            boolean forced,
            @Nullable String traceId) {
        return new Sighting(outbox, prices, names, split, arm, key, forced, traceId);
    }
}
