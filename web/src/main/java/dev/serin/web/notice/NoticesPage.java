package dev.serin.web.notice;

import dev.serin.web.layout.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The log of messages, whole or only the part that changes; and a new receiver's secret.
///
/// Address `/notices`, with the filter in its query.
@CheckedTemplate(basePath = "")
public final class NoticesPage {

    private NoticesPage() {}

    public static native TemplateInstance notices(Frame frame, NoticesView view);

    public static native TemplateInstance notices$live(Frame frame, NoticesView view);

    public static native TemplateInstance receiver(Frame frame, NewReceiverView view);
}
