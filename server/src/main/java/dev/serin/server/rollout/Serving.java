package dev.serin.server.rollout;

import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.traffic.TrafficSplit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who serves a route now.
///
/// @param model the route's model
/// @param split how calls are split between two models; null while no rollout is active
public record Serving(String route, String model, @Nullable Split split) {

    /// An active rollout, as far as routing must know it.
    ///
    /// @param step index of the step in force
    public record Split(
            UUID rollout,
            long version,
            String baseline,
            String candidate,
            Share share,
            int step,
            String stepName,
            Plan.Key key,
            TrafficSplit arms) {

        static Split of(RolloutRow row) {
            var rollout = row.rollout();
            var plan = row.enginePlan();
            return new Split(
                    row.id,
                    row.version,
                    plan.baseline(),
                    plan.candidate(),
                    rollout.share(),
                    rollout.step(),
                    plan.step(rollout.step()).name(),
                    plan.key(),
                    new TrafficSplit(row.id.toString()));
        }
    }
}
