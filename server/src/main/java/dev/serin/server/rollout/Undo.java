package dev.serin.server.rollout;

import java.util.Optional;
import java.util.UUID;

/// A wish that a rollout be undone on its route: rolled back while it is active, or else the model
/// before it put back.
///
/// @param rollout the one that the sender saw there; empty for whichever it is now
public record Undo(String route, Optional<UUID> rollout, String by, String why) {

    /// Of what a person saw. Where another stands there by now, nothing is to be changed.
    public static Undo of(String route, UUID rollout, String by, String why) {
        return new Undo(route, Optional.of(rollout), by, why);
    }

    /// Of whatever stands there.
    public static Undo any(String route, String by, String why) {
        return new Undo(route, Optional.empty(), by, why);
    }

    boolean isOutdated(Optional<UUID> current) {
        return rollout.isPresent() && !rollout.equals(current);
    }
}
