package dev.serin.web.route;

import dev.serin.web.layout.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The list of routes and the page of one, whole or only the part that changes.
///
/// Addresses `/routes` and `/routes/{name}`. The live part is fetched from the same address with
/// `HX-Target: live`; both listen to `/stream`, since a rollout may begin on any route.
@CheckedTemplate(basePath = "")
public final class RoutesPage {

    private RoutesPage() {}

    public static native TemplateInstance routes(Frame frame, RoutesView view);

    public static native TemplateInstance routes$live(Frame frame, RoutesView view);

    public static native TemplateInstance route(Frame frame, RouteView view);

    public static native TemplateInstance route$live(Frame frame, RouteView view);
}
