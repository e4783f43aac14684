package dev.serin.server.rollout;

import dev.serin.server.access.Access;
import dev.serin.server.access.Frames;
import dev.serin.server.access.Visitors;
import dev.serin.server.planfile.PlanReading;
import dev.serin.web.plan.NewPlanView;
import dev.serin.web.plan.PlanPage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Writing a plan, checking it, and starting it.
@Path("/new")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class NewPages {

    private final PlanViews views;
    private final PlanSources plans;
    private final Rollouts rollouts;
    private final Visitors visitors;
    private final Access access;
    private final Frames frames;

    NewPages(
            PlanViews views,
            PlanSources plans,
            Rollouts rollouts,
            Visitors visitors,
            Access access,
            Frames frames) {
        this.views = views;
        this.plans = plans;
        this.rollouts = rollouts;
        this.visitors = visitors;
        this.access = access;
        this.frames = frames;
    }

    /// The editor; with `from`, the plan of an earlier run stands in it.
    @GET
    @Operation(hidden = true)
    public Response write(@RestQuery @Nullable UUID from) {
        var visitor = visitors.current();
        return page(200, from == null ? views.unchecked("", visitor) : checked(plans.of(from)));
    }

    @POST
    @Path("check")
    @Operation(hidden = true)
    public Response check(
            @RestForm @DefaultValue("") String plan,
            @HeaderParam("HX-Target") @Nullable String target) {
        var view = checked(plan);
        return "verdict".equals(target)
                ? html(200, PlanPage.plan$verdict(frames.current(), view))
                : page(200, view);
    }

    @POST
    @Operation(hidden = true)
    public Response start(
            @RestForm @DefaultValue("") String plan, @RestForm @Nullable String name) {
        var visitor = access.named(visitors.current(), name);
        if (!(views.read(plan) instanceof PlanReading.Read read)) {
            return page(400, checked(plan));
        }
        if (visitor.isNameless()) {
            return page(400, views.hindered(plan, read, "say your name, then start it", visitor));
        }
        var format = plan.stripLeading().startsWith("{") ? Start.Format.JSON : Start.Format.YAML;
        var start = new Start(read.file(), read.source(), format, visitor.by(), false, null);
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
                                    visitor));
            case Begun.OtherBaseline(String model) ->
                    page(
                            409,
                            views.hindered(
                                    plan,
                                    read,
                                    "the route's model is %s now; write it as the baseline, or leave the baseline out"
                                            .formatted(model),
                                    visitor));
        };
    }

    private NewPlanView checked(String plan) {
        return views.checked(plan, views.read(plan), visitors.current());
    }

    private URI pageOf(UUID id) {
        return URI.create("%s/rollouts/%s".formatted(frames.root(), id));
    }

    private Response page(int status, NewPlanView view) {
        return html(status, PlanPage.plan(frames.current(), view));
    }

    private static Response html(int status, Object page) {
        return Response.status(status)
                .entity(page)
                .header(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                .header(HttpHeaders.VARY, "HX-Target")
                .build();
    }
}
