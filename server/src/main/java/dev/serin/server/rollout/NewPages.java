package dev.serin.server.rollout;

import dev.serin.server.access.Access;
import dev.serin.server.access.Frames;
import dev.serin.server.access.Visitors;
import dev.serin.server.planfile.PlanReading;
import dev.serin.web.plan.NewPlanView;
import dev.serin.web.plan.PlanFormView;
import dev.serin.web.plan.PlanPage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Writing a plan, in the editor or by the form, checking it, and starting it.
///
/// Every button posts the editor and the form together, so that nothing that was typed is lost.
@Path("/new")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RunOnVirtualThread
class NewPages {

    private final PlanViews views;
    private final PlanSources plans;
    private final NewForms forms;
    private final Rollouts rollouts;
    private final Visitors visitors;
    private final Access access;
    private final Frames frames;

    NewPages(
            PlanViews views,
            PlanSources plans,
            NewForms forms,
            Rollouts rollouts,
            Visitors visitors,
            Access access,
            Frames frames) {
        this.views = views;
        this.plans = plans;
        this.forms = forms;
        this.rollouts = rollouts;
        this.visitors = visitors;
        this.access = access;
        this.frames = frames;
    }

    /// The editor; with `from`, the plan of an earlier run stands in it.
    @GET
    @Operation(hidden = true)
    public Response write(@RestQuery @Nullable UUID from) {
        return from == null
                ? page(200, views.unchecked("", visitors.current()), forms.fresh())
                : taken(plans.of(from, visitors.sight()), from);
    }

    private Response taken(String plan, UUID from) {
        return page(200, checked(plan), forms.from(plan, from));
    }

    @POST
    @Path("check")
    @Operation(hidden = true)
    public Response check(
            MultivaluedMap<String, String> posted,
            @HeaderParam("HX-Target") @Nullable String target) {
        var view = checked(plan(posted));
        return "verdict".equals(target)
                ? html(200, PlanPage.plan$verdict(frames.current(), view))
                : page(200, view, forms.kept(posted));
    }

    /// Adds a row to the form or takes one out.
    @POST
    @Path("rows")
    @Operation(hidden = true)
    public Response rows(MultivaluedMap<String, String> posted) {
        return page(200, checked(plan(posted)), forms.changed(posted));
    }

    /// Writes the form into the editor, or says at its fields why it cannot.
    @POST
    @Path("write")
    @Operation(hidden = true)
    public Response writeForm(MultivaluedMap<String, String> posted) {
        var written = forms.written(posted);
        return page(200, checked(written.plan()), written.form());
    }

    /// Fills the form from the editor.
    @POST
    @Path("fill")
    @Operation(hidden = true)
    public Response fill(MultivaluedMap<String, String> posted) {
        return page(200, checked(plan(posted)), forms.filled(posted));
    }

    /// Puts the example into the editor.
    @POST
    @Path("example")
    @Operation(hidden = true)
    public Response example(MultivaluedMap<String, String> posted) {
        return page(200, checked(PlanSources.EXAMPLE), forms.kept(posted));
    }

    @POST
    @Operation(hidden = true)
    public Response start(MultivaluedMap<String, String> posted) {
        var plan = plan(posted);
        var name = posted.getFirst("name");
        var visitor = access.named(visitors.current(), name);
        if (!(views.read(plan) instanceof PlanReading.Read read)) {
            return page(400, checked(plan), forms.kept(posted));
        }
        if (visitor.isNameless()) {
            return page(
                    400,
                    views.hindered(plan, read, "say your name, then start it", visitor),
                    forms.kept(posted));
        }
        var format = plan.stripLeading().startsWith("{") ? Start.Format.JSON : Start.Format.YAML;
        var start =
                new Start(read.file(), read.source(), format, visitor.by(), visitor, false, null);
        return switch (rollouts.start(start)) {
            case Begun.Started(UUID id) ->
                    access.remember(Response.seeOther(pageOf(id)), visitor, name).build();
            case Begun.RouteBusy(UUID active) ->
                    page(
                            409,
                            views.hindered(
                                    plan,
                                    read,
                                    "%s has an active rollout already: finish %s/rollouts/%s first, or roll it back"
                                            .formatted(read.plan().route(), frames.root(), active),
                                    visitor),
                            forms.kept(posted));
            case Begun.OfOtherTeam other ->
                    page(
                            other.isTaken() ? 409 : 403,
                            views.hindered(plan, read, "team: " + other.why(), visitor),
                            forms.kept(posted));
            case Begun.OtherBaseline(String model) ->
                    page(
                            409,
                            views.hindered(
                                    plan,
                                    read,
                                    "the route's model is %s now; write it as the baseline, or leave the baseline out"
                                            .formatted(model),
                                    visitor),
                            forms.kept(posted));
        };
    }

    private static String plan(MultivaluedMap<String, String> posted) {
        return Objects.requireNonNullElse(posted.getFirst("plan"), "");
    }

    private NewPlanView checked(String plan) {
        return views.checked(plan, views.read(plan), visitors.current());
    }

    private URI pageOf(UUID id) {
        return URI.create("%s/rollouts/%s".formatted(frames.root(), id));
    }

    private Response page(int status, NewPlanView view, PlanFormView form) {
        return html(status, PlanPage.plan(frames.current(), view, form));
    }

    private static Response html(int status, Object page) {
        return Response.status(status)
                .entity(page)
                .header(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                .header(HttpHeaders.VARY, "HX-Target")
                .build();
    }
}
