package dev.serin.web.compare;

import dev.serin.web.layout.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Runs side by side. Address `/compare?run=a&run=b`; the first run is the reference.
@CheckedTemplate(basePath = "")
public final class ComparePage {

    private ComparePage() {}

    public static native TemplateInstance compare(Frame frame, CompareView view);
}
