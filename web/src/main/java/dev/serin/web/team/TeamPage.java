package dev.serin.web.team;

import dev.serin.web.layout.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page of a team, whole or only the part that changes.
///
/// Address `/teams/{team}`. The live part is fetched from the same address with `HX-Target: live`; it
/// listens to `/stream`.
@CheckedTemplate(basePath = "")
public final class TeamPage {

    private TeamPage() {}

    public static native TemplateInstance team(Frame frame, TeamView view);

    public static native TemplateInstance team$live(Frame frame, TeamView view);
}
