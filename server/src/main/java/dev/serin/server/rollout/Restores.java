package dev.serin.server.rollout;

import dev.serin.engine.plan.Plan;
import dev.serin.web.rollout.Restore;
import java.util.UUID;

/// The ways back that a route's page and a rollout's page offer, in words.
public final class Restores {

    private Restores() {}

    /// Ends the rollout that is under way.
    public static Restore rollBack(UUID active, Plan plan) {
        return new Restore(
                active.toString(),
                path(plan.route()),
                "Roll back to " + plan.baseline(),
                "Ends the rollout under way: %s gets all calls at once."
                        .formatted(plan.baseline()));
    }

    /// Takes back the rollout that put on the route what serves it now.
    ///
    /// @param before the model that served until then
    public static Restore putBack(UUID promoter, String route, String before) {
        return new Restore(
                promoter.toString(),
                path(route),
                "Put %s back".formatted(before),
                "Starts a new rollout that gives all calls to %s at once.".formatted(before));
    }

    private static String path(String route) {
        return "/routes/%s/restore".formatted(RolloutViews.encoded(route));
    }
}
