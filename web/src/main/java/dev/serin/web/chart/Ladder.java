package dev.serin.web.chart;

import io.quarkus.qute.RawString;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A rollout at a glance: time across, share up.
///
/// @param words what the picture shows, in a sentence, for those who do not see it
/// @param rungs the steps in the plan's order, at least one
/// @param end how the rollout ended, or null while it has not
public record Ladder(String words, List<Rung> rungs, @Nullable End end) {

    public Ladder {
        rungs = List.copyOf(rungs);
        if (rungs.isEmpty()) {
            throw new IllegalArgumentException("a ladder needs a rung");
        }
    }

    /// One step of the plan.
    ///
    /// @param share 0 to 1
    /// @param planned the step's shortest time
    /// @param taken how long it has really been in force, waiting and pauses left out; zero when it
    ///     was never entered
    /// @param waited how long it waited for a person, at its gate or paused
    public record Rung(
            String name,
            double share,
            Duration planned,
            Duration taken,
            Duration waited,
            Place place,
            Gate gate) {

        public Rung {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("a share is 0 to 1, got " + share);
            }
        }
    }

    /// Where a step stands in time.
    public enum Place {
        /// It is over.
        PASSED,
        /// It is in force, or was when the rollout ended.
        NOW,
        /// It has not begun, and perhaps never will.
        AHEAD
    }

    /// Whether a person must approve before the rollout goes past a step.
    public enum Gate {
        NONE,
        /// It will be asked for.
        SHUT,
        /// It waits for a person now.
        ASKING,
        /// Somebody approved.
        APPROVED,
        /// Somebody rejected.
        REJECTED
    }

    /// How a rollout ended.
    ///
    /// @param promoted whether the candidate took over; if not, the share fell to 0
    /// @param reason in a few words, such as `p95 7.3 s`
    public record End(boolean promoted, String reason) {}

    /// The picture at the width that it is given.
    public RawString svg() {
        return LadderDrawing.large(this);
    }

    /// The picture at the size of a word, for tables.
    public RawString tiny() {
        return LadderDrawing.tiny(this);
    }
}
