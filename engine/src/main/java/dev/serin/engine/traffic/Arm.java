package dev.serin.engine.traffic;

/// One of the two models of a rollout.
public enum Arm {
    /// The route's current model.
    BASELINE,
    /// The model that may replace it.
    CANDIDATE
}
