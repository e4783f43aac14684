package dev.serin.server.rollout;

import dev.serin.server.access.Frames;
import dev.serin.server.access.Scope;
import dev.serin.server.access.Visitors;
import dev.serin.server.live.Together;
import dev.serin.web.rollouts.RolloutsPage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The list of rollouts as a page.
@Path("/")
@Produces(MediaType.TEXT_HTML)
class RolloutsPages {

    private final RolloutsViews views;
    private final Frames frames;
    private final Visitors visitors;

    /// A page that asks for its living part. What waits for whom depends on the name only for those who
    /// approve.
    private record Open(RolloutsFilter filter, Scope sight, Decider decider) {}

    private final Together<Open, String> open = Together.ofPages();

    RolloutsPages(RolloutsViews views, Frames frames, Visitors visitors) {
        this.visitors = visitors;
        this.views = views;
        this.frames = frames;
    }

    @GET
    @RunOnVirtualThread
    @ResponseHeader(name = HttpHeaders.VARY, value = "HX-Target")
    @Operation(hidden = true)
    public String show(
            @RestQuery @Nullable String route,
            @RestQuery @Nullable String phase,
            @RestQuery @Nullable String outcome,
            @RestQuery @Nullable String team,
            @RestQuery @Nullable String text,
            @RestQuery @Nullable String before,
            @HeaderParam("HX-Target") @Nullable String target) {
        var filter = RolloutsFilter.of(route, phase, outcome, team, text, before);
        var visitor = visitors.current();
        var sight = visitor.sight();
        var decider = Decider.of(visitor);
        return "live".equals(target)
                ? open.get(
                        new Open(filter, sight, decider),
                        () ->
                                RolloutsPage.rollouts$live(
                                                frames.ofAll(), views.of(filter, sight, decider))
                                        .render())
                : RolloutsPage.rollouts(frames.current(), views.of(filter, sight, decider))
                        .render();
    }
}
