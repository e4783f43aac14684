package dev.serin.server.rollout;

import dev.serin.engine.judge.Quantity;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Forced;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.traffic.TrafficSplit;
import dev.serin.server.planfile.RouteJudge;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who serves a route now.
///
/// @param team whose route it is; null for everybody's
/// @param model the route's model
/// @param split how calls are split between two models; null while no rollout is active
public record Serving(String route, @Nullable String team, String model, @Nullable Split split) {

    Serving with(Split begun) {
        return new Serving(route, team, model, begun);
    }

    /// An active rollout, as far as routing must know it.
    ///
    /// @param step index of the step in force
    /// @param mirror the part of the calls that is copied to the candidate, where the share is 0
    /// @param judge who reads the answers; null if nobody does
    /// @param latencyLimits in milliseconds, rising: those of conditions and objectives
    /// @param forced who gets an arm whatever the split says; null if nobody does
    public record Split(
            UUID rollout,
            long version,
            String baseline,
            String candidate,
            Share share,
            int step,
            String stepName,
            Plan.Key key,
            TrafficSplit arms,
            @Nullable Forced forced,
            Share mirror,
            List<Double> latencyLimits,
            @Nullable RouteJudge judge) {

        public Split {
            latencyLimits = List.copyOf(latencyLimits);
        }

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
                    new TrafficSplit(row.id.toString()),
                    plan.forced(),
                    plan.step(rollout.step()).mirror(),
                    limits(plan),
                    row.plan.judge());
        }

        private static List<Double> limits(Plan plan) {
            return plan.tracks().stream()
                    .filter(Track.Reaches.class::isInstance)
                    .map(Track.Reaches.class::cast)
                    .filter(track -> track.of() == Quantity.LATENCY_MS)
                    .map(Track.Reaches::limit)
                    .sorted()
                    .toList();
        }
    }
}
