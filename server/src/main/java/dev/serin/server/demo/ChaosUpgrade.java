package dev.serin.server.demo;

import dev.serin.server.rollout.RolloutJson;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What became of an upgrade of the chaos, so far.
///
/// @param share that the candidate gets of the calls, 0 to 1
/// @param outcome null while it is under way
/// @param reason of the outcome; empty while it is under way
/// @param took until it ended, or null while it is under way
record ChaosUpgrade(
        UUID rollout,
        double share,
        @Nullable String outcome,
        String reason,
        @Nullable Duration took) {

    static ChaosUpgrade of(RolloutJson rollout) {
        var outcome = rollout.outcome();
        var ended = rollout.endedAt();
        return outcome == null || ended == null
                ? new ChaosUpgrade(rollout.id(), rollout.share(), null, "", null)
                : new ChaosUpgrade(
                        rollout.id(),
                        rollout.share(),
                        outcome.kind(),
                        outcome.reason(),
                        Duration.between(rollout.startedAt(), ended));
    }

    boolean isUnderWay() {
        return outcome == null;
    }

    /// As the API calls it; `undecided` while it is under way.
    String word() {
        return outcome == null ? "undecided" : outcome;
    }
}
