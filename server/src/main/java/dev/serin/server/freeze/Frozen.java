package dev.serin.server.freeze;

import dev.serin.engine.rollout.Freeze;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether the shares of a team's rollouts may rise.
///
/// @param freeze that holds; [Freeze#NONE] if none does
/// @param next when a freeze begins or ends next; null if none will
public record Frozen(Freeze freeze, @Nullable Instant next) {

    /// Where no freeze ever is.
    public static final Frozen NEVER = new Frozen(Freeze.NONE, null);
}
