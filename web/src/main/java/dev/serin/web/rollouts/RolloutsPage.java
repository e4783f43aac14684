package dev.serin.web.rollouts;

import dev.serin.web.layout.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The list of rollouts, whole or only the part that changes.
///
/// Address `/`, with the filter in its query. The live part is fetched from the same address with
/// `HX-Target: live`; the stream is `/stream`, which says only `changed`.
@CheckedTemplate(basePath = "")
public final class RolloutsPage {

    private RolloutsPage() {}

    public static native TemplateInstance rollouts(Frame frame, RolloutsView view);

    public static native TemplateInstance rollouts$live(Frame frame, RolloutsView view);
}
