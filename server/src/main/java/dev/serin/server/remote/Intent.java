package dev.serin.server.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// What applying one plan would do, or did.
sealed interface Intent {

    ShownPlan plan();

    /// The line before which the diff stands: what is to become of the plan.
    String line();

    /// Nothing runs on the route: it would start.
    record Start(ShownPlan plan) implements Intent {
        @Override
        public String line() {
            return "+ %s: starts %s (%s)".formatted(plan.route(), plan.summary(), plan.file());
        }
    }

    /// It has started.
    record Started(ShownPlan plan, ShownRollout rollout) implements Intent {
        @Override
        public String line() {
            return "+ %s: started %s".formatted(plan.route(), rollout.id());
        }
    }

    /// The same plan runs, or was the route's last.
    record Nothing(ShownPlan plan, ShownRollout rollout) implements Intent {
        @Override
        public String line() {
            return rollout.isOver()
                    ? "= %s: this plan was %s, %s; --again starts it once more (%s)"
                            .formatted(
                                    plan.route(), rollout.phaseInWords(), rollout.id(), plan.file())
                    : "= %s: runs already, %s, %s (%s)"
                            .formatted(
                                    plan.route(),
                                    rollout.phaseInWords(),
                                    rollout.id(),
                                    plan.file());
        }
    }

    /// Something is in the way.
    ///
    /// @param rollout that which runs on the route; null if it is something else
    /// @param why in one line, with the mend
    record Blocked(ShownPlan plan, @Nullable ShownRollout rollout, String why) implements Intent {
        @Override
        public String line() {
            return "! %s: %s (%s)".formatted(plan.route(), why, plan.file());
        }
    }

    default ObjectNode json() {
        var json = RemoteServer.JSON.createObjectNode();
        json.put("file", plan().file().toString()).put("route", plan().route());
        switch (this) {
            case Start _ -> json.put("action", "start").putNull("rollout").putNull("why");
            case Started(_, var rollout) -> {
                json.put("action", "started").set("rollout", rollout.json());
                json.putNull("why");
            }
            case Nothing(_, var rollout) -> {
                json.put("action", "nothing").set("rollout", rollout.json());
                json.putNull("why");
            }
            case Blocked(_, var rollout, var why) -> {
                json.put("action", "blocked");
                json.set("rollout", rollout == null ? json.nullNode() : rollout.json());
                json.put("why", why);
            }
        }
        return json;
    }
}
