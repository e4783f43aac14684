package dev.serin.simulator.traffic;

import dev.serin.engine.judge.Call;
import dev.serin.engine.traffic.Arm;
import java.time.Instant;

/// A call on its way through simulated traffic.
///
/// @param step index of the step that was in force when it began
/// @param began when it was made
/// @param seen when its outcome is known: its latency later
public record SimulatedCall(
        int step, Arm arm, String key, Instant began, Instant seen, Call call) {}
