package dev.serin.engine.judge;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that has been seen of a rollout, step by step. Steps are never pooled: shares differ between
/// them and traffic changes over the day.
///
/// @param steps at most one of each step, those without calls left out
/// @param unheard why the newest calls may be missing, where they are counted elsewhere and cannot be
///     asked for now; null if nothing is known to be missing
public record Evidence(List<StepEvidence> steps, @Nullable String unheard) {

    public static final Evidence NONE = new Evidence(List.of());

    /// Evidence of which nothing is known to be missing.
    public Evidence(List<StepEvidence> steps) {
        this(steps, null);
    }

    public Evidence {
        steps = List.copyOf(steps);
    }

    public Optional<StepEvidence> of(int step) {
        return steps.stream().filter(evidence -> evidence.step() == step).findFirst();
    }
}
