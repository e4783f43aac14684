package dev.serin.server.words;

import dev.serin.server.planfile.PlanError;
import dev.serin.server.planfile.Warning;
import dev.serin.web.plan.NewPlanView.Problem;

/// What is wrong with a plan, or worth knowing, as a page lists it.
public final class PlanProblems {

    private PlanProblems() {}

    public static Problem of(PlanError error) {
        return new Problem(error.line(), error.field(), error.message(), "", true);
    }

    public static Problem of(Warning warning) {
        return new Problem(warning.line(), warning.field(), warning.message(), "", false);
    }
}
