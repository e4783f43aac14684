package dev.serin.server.freeze;

import dev.serin.server.access.Access;
import dev.serin.server.access.Frames;
import dev.serin.server.access.Visitor;
import dev.serin.server.access.Visitors;
import dev.serin.server.problem.Problem;
import dev.serin.server.problem.ProblemException;
import dev.serin.web.settings.SettingsPage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/// Freezes as a page, for admins.
@Path("/settings/freezes")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class FreezesPages {

    private final Freezes freezes;
    private final FreezesViews views;
    private final Visitors visitors;
    private final Access access;
    private final Frames frames;
    private final InstantSource clock;

    FreezesPages(
            Freezes freezes,
            FreezesViews views,
            Visitors visitors,
            Access access,
            Frames frames,
            InstantSource clock) {
        this.freezes = freezes;
        this.views = views;
        this.visitors = visitors;
        this.access = access;
        this.frames = frames;
        this.clock = clock;
    }

    @GET
    @Operation(hidden = true)
    public Response show() {
        return page(200, visitors.current(), FreezesViews.Typed.NOTHING, null).build();
    }

    @POST
    @Operation(hidden = true)
    public Response set(
            @RestForm @DefaultValue("") String team,
            @RestForm @DefaultValue("") String from,
            @RestForm @DefaultValue("") String until,
            @RestForm @DefaultValue("") String why,
            @RestForm @Nullable String name) {
        var visitor = access.named(visitors.current(), name);
        if (visitor.isNameless()) {
            return to("/name?next=/settings/freezes");
        }
        try {
            freezes.set(Wanted.of(team, from, until, why, clock.instant()), visitor);
            return access.remember(seeOther("/settings/freezes"), visitor, name).build();
        } catch (ProblemException e) {
            var typed = new FreezesViews.Typed(team, from, until, why);
            var answer = page(e.problem().status(), visitor, typed, e.problem());
            return access.remember(answer, visitor, name).build();
        }
    }

    @POST
    @Path("{id}/end")
    @Operation(hidden = true)
    public Response end(@PathParam("id") String id) {
        var visitor = visitors.current();
        if (visitor.isNameless()) {
            return to("/name?next=/settings/freezes");
        }
        try {
            freezes.end(FreezesApi.parse(id), visitor);
            return to("/settings/freezes");
        } catch (ProblemException e) {
            return page(e.problem().status(), visitor, FreezesViews.Typed.NOTHING, e.problem())
                    .build();
        }
    }

    private Response.ResponseBuilder page(
            int status, Visitor visitor, FreezesViews.Typed typed, @Nullable Problem wrong) {
        return Response.status(status)
                .entity(SettingsPage.freezes(frames.of(visitor), views.of(visitor, typed, wrong)))
                .header(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8");
    }

    private Response to(String path) {
        return seeOther(path).build();
    }

    private Response.ResponseBuilder seeOther(String path) {
        return Response.seeOther(URI.create(frames.root() + path));
    }
}
