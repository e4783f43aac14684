package dev.serin.server.rollout;

import java.util.UUID;

/// What became of a wish to put the model before back.
public sealed interface Way {

    /// A new rollout serves the model before again.
    record Back(UUID rollout) implements Way {}

    /// The active rollout was rolled back.
    record Stopped(UUID rollout) implements Way {}

    record NoSuchRoute() implements Way {}

    /// The route never had another model.
    record NoModelBefore() implements Way {}

    /// The sender looked at an older state of the route; nothing was changed.
    ///
    /// @param rollout the one that the sender saw
    /// @param what what happened since, and who did it, in a sentence
    record Outdated(UUID rollout, String what) implements Way {}

    /// The model before was itself taken back from, so that putting it back is no way back but raises it
    /// again, which a freeze forbids.
    ///
    /// @param why until when, and by whom
    record Frozen(String why) implements Way {}
}
