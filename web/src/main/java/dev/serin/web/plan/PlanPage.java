package dev.serin.web.plan;

import dev.serin.web.layout.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Writing a plan. Address `/new`; *Check* posts `plan` to `/new/check`, *Start* posts it to
/// `/new`.
///
/// `plan$verdict` answers a post to `/new/check` with `HX-Target: verdict`.
@CheckedTemplate(basePath = "")
public final class PlanPage {

    private PlanPage() {}

    public static native TemplateInstance plan(Frame frame, NewPlanView view);

    public static native TemplateInstance plan$verdict(Frame frame, NewPlanView view);
}
