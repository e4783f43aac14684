package dev.serin.engine.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A person must approve before the rollout goes past the step.
///
/// @param note what the approver should know; empty for none
/// @param within how long the gate waits for a person; null for ever
/// @param then what happens when nobody came within that time
public record Gate(String note, @Nullable Duration within, Lapse then) {

    public static final Gate MANUAL = new Gate("", null, Lapse.STAY);

    /// What an unanswered gate does.
    public enum Lapse {
        STAY,
        REJECT
    }

    public Gate {
        if (within != null && !within.isPositive()) {
            throw new IllegalArgumentException("a gate waits longer than 0, got " + within);
        }
    }
}
