package dev.serin.engine.rollout;

/// How a rollout ended.
///
/// @param reason a sentence with the numbers that decided
public record Outcome(Kind kind, String reason) {

    /// What ended it.
    public enum Kind {
        PROMOTED,
        /// A condition was breached.
        BREACHED,
        /// The upgrade had cost all that the plan allows.
        EXPOSURE,
        ROLLED_BACK_BY_HAND,
        /// A person, or nobody in time, said no at a gate.
        REJECTED
    }
}
