package dev.serin.server.rollout;

import dev.serin.server.planfile.PlanError;
import java.util.UUID;

/// What became of a wish to start.
public sealed interface Begun {

    record Started(UUID rollout) implements Begun {}

    /// The route has an active rollout already.
    record RouteBusy(UUID active) implements Begun {}

    /// The route is another team's, or whoever asks may not start in its team.
    ///
    /// @param team that the plan names; empty for none
    /// @param why in a sentence that says how to mend it; without a full stop
    /// @param isTaken whether the plan names another team than the route's; else a role is missing
    record OfOtherTeam(String team, String why, boolean isTaken) implements Begun {

        /// As an error of the plan's field.
        public PlanError error() {
            return new PlanError(1, 1, "team", team, why);
        }
    }

    /// The plan names another baseline than the model that serves the route.
    record OtherBaseline(String model) implements Begun {}
}
