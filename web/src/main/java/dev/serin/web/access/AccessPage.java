package dev.serin.web.access;

import dev.serin.web.layout.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Who are you: `/login` (posts `name`, `password`, `next`), the first set-up at `/login` (posts
/// `token`, `name`, `password`, `again`, `next` to `/login/setup`), `/login/invitation` (posts `token`,
/// `password`, `again`; a view without a token tells that the link has ended), and `/name` (posts
/// `name`, `next`).
@CheckedTemplate(basePath = "")
public final class AccessPage {

    private AccessPage() {}

    public static native TemplateInstance login(Frame frame, AccessView view);

    public static native TemplateInstance setup(Frame frame, AccessView view);

    public static native TemplateInstance invitation(Frame frame, AccessView view);

    public static native TemplateInstance name(Frame frame, AccessView view);
}
