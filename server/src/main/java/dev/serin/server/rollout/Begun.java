package dev.serin.server.rollout;

import java.util.UUID;

/// What became of a wish to start.
public sealed interface Begun {

    record Started(UUID rollout) implements Begun {}

    /// The route has an active rollout already.
    record RouteBusy(UUID active) implements Begun {}

    /// The plan names another baseline than the model that serves the route.
    record OtherBaseline(String model) implements Begun {}
}
