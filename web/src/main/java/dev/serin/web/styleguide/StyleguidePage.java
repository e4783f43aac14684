package dev.serin.web.styleguide;

import dev.serin.web.layout.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The parts in their states. Address `/styleguide`, in dev mode only; `?scheme=light` and
/// `?scheme=dark` show one colour scheme whatever the reader's system says.
@CheckedTemplate(basePath = "")
public final class StyleguidePage {

    private StyleguidePage() {}

    public static native TemplateInstance styleguide(Frame frame, StyleguideView view);
}
