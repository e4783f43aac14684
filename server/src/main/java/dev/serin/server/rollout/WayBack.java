package dev.serin.server.rollout;

import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import dev.serin.server.planfile.PlanFile;
import dev.serin.server.planfile.PlanWriter;
import java.time.Duration;
import java.util.List;

/// The plan that goes straight to all calls for the model before. A person decided it alone, so it
/// has no conditions.
final class WayBack {

    private WayBack() {}

    static Start from(RolloutRow last, String by, String why) {
        var done = last.enginePlan();
        var back =
                new Plan(
                        done.route(),
                        /* baseline= */ done.candidate(),
                        /* candidate= */ done.baseline(),
                        List.of(new Step("way back", Share.ALL, Duration.ZERO, null)),
                        List.of(),
                        List.of(),
                        null,
                        Plan.Rules.DEFAULT,
                        null,
                        done.key(),
                        Plan.Approvals.ONE);
        var file = new PlanFile(back, last.team, null, List.of());
        return Start.granted(
                file,
                comment(why) + PlanWriter.yaml(back),
                Start.Format.YAML,
                by,
                last.simulated,
                last.id);
    }

    private static String comment(String why) {
        return why.isBlank() ? "" : "# " + why.strip().replaceAll("\\R", "\n# ") + "\n";
    }
}
