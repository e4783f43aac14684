package dev.serin.server.planfile;

import dev.serin.engine.plan.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plan, and what its document says beside it.
///
/// @param team who owns the rollout; null if the document does not say
/// @param traceLink address of a call's trace, with `{traceId}` in it; null for none
/// @param addresses who wants to hear of the rollout
/// @param source telemetry that counts the calls elsewhere; null for none
/// @param judge a model that is asked how good answers are; null for none
public record PlanFile(
        Plan plan,
        @Nullable String team,
        @Nullable String traceLink,
        List<String> addresses,
        @Nullable Source source,
        @Nullable RouteJudge judge) {

    /// A plan whose calls are reported one by one.
    public PlanFile(
            Plan plan, @Nullable String team, @Nullable String traceLink, List<String> addresses) {
        this(plan, team, traceLink, addresses, null, null);
    }

    public PlanFile {
        addresses = List.copyOf(addresses);
    }
}
