package dev.serin.server.planfile;

import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plan, and what its document says beside it.
///
/// @param team who owns the rollout; null if the document does not say
/// @param traceLink address of a call's trace, with `{traceId}` in it; null for none
/// @param labels how labels arrive; null if the document does not say
/// @param addresses who wants to hear of the rollout
public record PlanFile(
        Plan plan,
        @Nullable String team,
        @Nullable String traceLink,
        @Nullable Labels labels,
        List<String> addresses) {

    /// How labels arrive.
    ///
    /// @param share the part of the calls that is labelled
    /// @param deadline after which a missing label counts as unknown
    public record Labels(Share share, Duration deadline) {}

    public PlanFile {
        addresses = List.copyOf(addresses);
    }
}
