package dev.serin.web.message;

import dev.serin.web.layout.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// A page that has only something to say.
@CheckedTemplate(basePath = "")
public final class MessagePage {

    private MessagePage() {}

    public static native TemplateInstance message(Frame frame, MessageView view);
}
