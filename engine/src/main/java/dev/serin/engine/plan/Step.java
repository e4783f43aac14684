package dev.serin.engine.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A stage of a plan: the candidate gets `share` for at least `duration`.
///
/// @param duration the step's minimum age, 0 or more
/// @param gate null if no person is asked
/// @param mirror the part of the calls that is copied to the candidate without using its answers;
///     only where the share is 0
public record Step(String name, Share share, Duration duration, @Nullable Gate gate, Share mirror) {

    public Step {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a step needs a name");
        }
        if (duration.isNegative()) {
            throw new IllegalArgumentException(name + " lasts " + duration + "; use 0 or more");
        }
        if (mirror.fraction() > 0 && share.fraction() > 0) {
            throw new IllegalArgumentException(
                    name + " mirrors calls; that needs a share of 0 %, got " + share.fraction());
        }
    }

    public Step(String name, Share share, Duration duration, @Nullable Gate gate) {
        this(name, share, duration, gate, Share.NONE);
    }

    /// Whether the candidate gets copies of calls, and no call of its own.
    public boolean isShadow() {
        return mirror.fraction() > 0;
    }

    /// Whether the candidate gets calls, or copies of calls, in this step.
    public boolean reachesCandidate() {
        return share.fraction() > 0 || mirror.fraction() > 0;
    }
}
