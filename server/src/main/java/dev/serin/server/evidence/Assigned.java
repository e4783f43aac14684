package dev.serin.server.evidence;

import dev.serin.engine.traffic.Arm;
import java.util.UUID;

/// A key to which Serin itself gave an arm. Only these may be held against the share that was
/// ordered.
public record Assigned(UUID rollout, int step, Arm arm, String key) {

    /// Under which name their count is stored.
    static final String METRIC = "keys:assigned";
}
