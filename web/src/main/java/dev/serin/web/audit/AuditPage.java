package dev.serin.web.audit;

import dev.serin.web.layout.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The audit, whole or only the part that changes.
///
/// Address `/audit`, with the filter in its query.
@CheckedTemplate(basePath = "")
public final class AuditPage {

    private AuditPage() {}

    public static native TemplateInstance audit(Frame frame, AuditView view);

    public static native TemplateInstance audit$live(Frame frame, AuditView view);
}
