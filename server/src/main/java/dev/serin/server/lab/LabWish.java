package dev.serin.server.lab;

import dev.serin.server.planfile.PlanReading;
import dev.serin.simulator.lab.LabOrder;
import dev.serin.simulator.profile.ModelProfile;
import java.time.Duration;
import java.util.List;

/// What somebody wants to try.
///
/// @param runs rollouts of each candidate
/// @param rate calls a second on the route
record LabWish(
        PlanReading.Read plan,
        ModelProfile baseline,
        List<ModelProfile> candidates,
        int runs,
        long seed,
        double rate) {

    /// How long after a gate opens somebody approves it.
    static final Duration APPROVAL = Duration.ofSeconds(10);

    /// Virtual time after which a rollout that is not decided counts as stuck.
    static final Duration LIMIT = Duration.ofDays(30);

    LabWish {
        candidates = List.copyOf(candidates);
    }

    LabOrder order() {
        return new LabOrder(plan.plan(), baseline, candidates, runs, seed, rate, APPROVAL, LIMIT);
    }
}
