package dev.serin.simulator.profile;

/// How long an answer takes.
public sealed interface Speed {

    /// The answer comes token by token: its latency is the first token's and so much for each further
    /// one.
    ///
    /// @param ttftMs to the first token, in milliseconds
    /// @param msPerToken for each token after the first, in milliseconds
    record Streamed(Distribution ttftMs, Distribution msPerToken) implements Speed {}

    /// The answer comes at once.
    ///
    /// @param latencyMs in milliseconds
    record Whole(Distribution latencyMs) implements Speed {}

    /// Nobody measured it; calls carry no latency.
    record Unknown() implements Speed {}
}
