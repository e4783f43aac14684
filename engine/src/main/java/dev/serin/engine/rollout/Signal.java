package dev.serin.engine.rollout;

import java.util.Set;

/// What can happen to a rollout. All but `Tick` name who and why.
public sealed interface Signal {

    /// Time has passed and new evidence may be in.
    record Tick() implements Signal {}

    /// Go past the open gate.
    ///
    /// @param saw the evidence that the approver looked at, as the server named it; empty if none
    /// @param waive conditions, by their text, that may be unsure
    record Approve(String by, String why, String saw, Set<String> waive) implements Signal {
        public Approve {
            waive = Set.copyOf(waive);
        }
    }

    /// Do not go past the open gate: roll back.
    record Reject(String by, String why) implements Signal {}

    /// Keep the share and stop advancing.
    record Pause(String by, String why) implements Signal {}

    record Resume(String by, String why) implements Signal {}

    /// Finish this step now: waives its remaining time, and such unsure conditions as are named, never
    /// a breached one. Opens a gate, never passes one.
    record Promote(String by, String why, Set<String> waive) implements Signal {
        public Promote {
            waive = Set.copyOf(waive);
        }
    }

    record RollBack(String by, String why) implements Signal {}
}
