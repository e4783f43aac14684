package dev.serin.engine.judge;

import java.util.List;
import java.util.Optional;

/// All that has been seen of a rollout, step by step. Steps are never pooled: shares differ between
/// them and traffic changes over the day.
///
/// @param steps at most one of each step, those without calls left out
public record Evidence(List<StepEvidence> steps) {

    public static final Evidence NONE = new Evidence(List.of());

    public Evidence {
        steps = List.copyOf(steps);
    }

    public Optional<StepEvidence> of(int step) {
        return steps.stream().filter(evidence -> evidence.step() == step).findFirst();
    }
}
