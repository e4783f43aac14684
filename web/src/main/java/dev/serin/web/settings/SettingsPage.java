package dev.serin.web.settings;

import dev.serin.web.layout.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// `/settings/me`, `/settings/people`, `/settings/people/{name}` and `/settings/freezes`.
@CheckedTemplate(basePath = "")
public final class SettingsPage {

    private SettingsPage() {}

    public static native TemplateInstance me(Frame frame, MeView view);

    public static native TemplateInstance people(Frame frame, PeopleView view);

    public static native TemplateInstance person(Frame frame, PersonView view);

    public static native TemplateInstance freezes(Frame frame, FreezesView view);
}
