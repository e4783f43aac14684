package dev.serin.server.rollout;

import dev.serin.server.access.Frames;
import dev.serin.web.rollouts.RolloutsPage;
import io.quarkus.qute.TemplateInstance;
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

    RolloutsPages(RolloutsViews views, Frames frames) {
        this.views = views;
        this.frames = frames;
    }

    @GET
    @RunOnVirtualThread
    @ResponseHeader(name = HttpHeaders.VARY, value = "HX-Target")
    @Operation(hidden = true)
    public TemplateInstance show(
            @RestQuery @Nullable String route,
            @RestQuery @Nullable String phase,
            @RestQuery @Nullable String outcome,
            @RestQuery @Nullable String team,
            @RestQuery @Nullable String text,
            @RestQuery @Nullable String before,
            @HeaderParam("HX-Target") @Nullable String target) {
        var view = views.of(RolloutsFilter.of(route, phase, outcome, team, text, before));
        return "live".equals(target)
                ? RolloutsPage.rollouts$live(frames.current(), view)
                : RolloutsPage.rollouts(frames.current(), view);
    }
}
