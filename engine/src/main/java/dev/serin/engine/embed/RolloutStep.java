package dev.serin.engine.embed;

import dev.serin.engine.plan.Gate;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import java.time.Duration;

/// A step under its original names.
///
/// @param weight the candidate's share of the calls, 0 to 1
/// @param duration its minimum age
/// @param manualGate whether a person must approve before the rollout goes past it
public record RolloutStep(String name, double weight, Duration duration, boolean manualGate) {

    public RolloutStep(String name, double weight, Duration duration) {
        this(name, weight, duration, false);
    }

    Step step() {
        return new Step(name, new Share(weight), duration, manualGate ? Gate.MANUAL : null);
    }
}
