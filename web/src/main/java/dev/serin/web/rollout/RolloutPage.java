package dev.serin.web.rollout;

import dev.serin.web.layout.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page of one rollout, whole or only the part that changes.
///
/// Address `/rollouts/{id}`. The live part is fetched from the same address with `HX-Target: live`;
/// the stream is `/rollouts/{id}/stream`, which says only `changed`.
@CheckedTemplate(basePath = "")
public final class RolloutPage {

    private RolloutPage() {}

    public static native TemplateInstance rollout(Frame frame, RolloutView view);

    /// Its bad calls. Address `/rollouts/{id}/calls`.
    public static native TemplateInstance calls(Frame frame, BadCallsView view);

    public static native TemplateInstance rollout$live(Frame frame, RolloutView view);
}
