package dev.serin.server.planfile;

import dev.serin.engine.plan.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plan, and what its document says beside it.
///
/// @param team who owns the rollout; null if the document does not say
/// @param traceLink address of a call's trace, with `{traceId}` in it; null for none
/// @param addresses who wants to hear of the rollout
public record PlanFile(
        Plan plan, @Nullable String team, @Nullable String traceLink, List<String> addresses) {

    public PlanFile {
        addresses = List.copyOf(addresses);
    }
}
