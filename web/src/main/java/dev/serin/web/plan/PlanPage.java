package dev.serin.web.plan;

import dev.serin.web.layout.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Writing a plan. Address `/new`; *Check* posts `plan` to `/new/check`, *Start* posts it to
/// `/new`, *Try in the lab* posts it to `/lab`. The form's buttons post to `/new/write`, `/new/fill`
/// and `/new/rows`, together with all that was typed.
///
/// `plan$verdict` answers a post to `/new/check` with `HX-Target: verdict`.
@CheckedTemplate(basePath = "")
public final class PlanPage {

    private PlanPage() {}

    public static native TemplateInstance plan(Frame frame, NewPlanView view, PlanFormView form);

    public static native TemplateInstance plan$verdict(Frame frame, NewPlanView view);
}
