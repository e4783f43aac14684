package dev.serin.server.route;

import dev.serin.server.access.Frames;
import dev.serin.server.access.Role;
import dev.serin.server.access.Scope;
import dev.serin.server.access.Visitor;
import dev.serin.server.access.Visitors;
import dev.serin.server.live.Together;
import dev.serin.server.rollout.Notes;
import dev.serin.web.rollout.Note;
import dev.serin.web.route.RouteView;
import dev.serin.web.route.RoutesPage;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The list of routes and the page of one.
@Path("/")
@Produces(MediaType.TEXT_HTML)
class RoutePages {

    private final RouteReads reads;

    /// A page that asks for its living part.
    private record Open(String route, boolean isNameless, Scope operates, boolean isChief) {}

    private final Together<Open, String> open = Together.ofPages();
    private final Visitors visitors;
    private final Frames frames;
    private final Notes notes;
    private final Gateways gateways;

    RoutePages(RouteReads reads, Visitors visitors, Frames frames, Notes notes, Gateways gateways) {
        this.gateways = gateways;
        this.reads = reads;
        this.visitors = visitors;
        this.frames = frames;
        this.notes = notes;
    }

    @GET
    @Path("routes")
    @RunOnVirtualThread
    @ResponseHeader(name = HttpHeaders.VARY, value = "HX-Target")
    @Operation(hidden = true)
    public TemplateInstance list(
            @RestQuery @DefaultValue("") String after,
            @HeaderParam("HX-Target") @Nullable String target) {
        var view = RoutesViews.of(reads.after(after, visitors.sight()), after);
        return "live".equals(target)
                ? RoutesPage.routes$live(frames.current(), view)
                : RoutesPage.routes(frames.current(), view);
    }

    @GET
    @Path("routes/{route}")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response show(
            @RestPath String route,
            @HeaderParam("HX-Target") @Nullable String target,
            @CookieParam(Notes.COOKIE) @Nullable String note) {
        var said = Notes.from(note);
        var visitor = visitors.current();
        if ("live".equals(target) && said == null) {
            return html(open.get(
                            new Open(
                                    route,
                                    visitor.isNameless(),
                                    visitor.scope(Role.OPERATOR),
                                    visitor.scope(Role.ADMIN).everywhere()),
                            () ->
                                    RoutesPage.route$live(
                                                    frames.ofAll(), view(route, visitor, null))
                                            .render()))
                    .build();
        }
        var view = view(route, visitor, said);
        var page =
                "live".equals(target)
                        ? RoutesPage.route$live(frames.current(), view)
                        : RoutesPage.route(frames.current(), view);
        var answer = html(page);
        return said == null ? answer.build() : answer.cookie(notes.read()).build();
    }

    private RouteView view(String route, Visitor visitor, @Nullable Note said) {
        var read = reads.one(route);
        return RouteViews.of(read, gateways.facts(read.whole().route()), visitor, said);
    }

    private static Response.ResponseBuilder html(Object page) {
        return Response.ok(page)
                .header(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                .header(HttpHeaders.VARY, "HX-Target");
    }
}
