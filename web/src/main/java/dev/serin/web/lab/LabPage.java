package dev.serin.web.lab;

import dev.serin.web.layout.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Trying a plan. Address `/lab`; *Try it* posts the form there, and a run is at `/lab/{id}`.
///
/// `lab$live` is the part that changes while a run goes on, at the run's own address with
/// `HX-Target: live`.
@CheckedTemplate(basePath = "")
public final class LabPage {

    private LabPage() {}

    public static native TemplateInstance lab(Frame frame, LabView view);

    public static native TemplateInstance lab$live(Frame frame, LabView view);
}
