package dev.serin.server.rollout;

import dev.serin.server.access.Visitors;
import dev.serin.server.evidence.Ids;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

/// The addresses at which [RolloutFeed] is heard. Each is a class of its own, since an address is
/// looked for only in the class whose path fits it best.
final class Streams {

    private static final String BUFFERING = "X-Accel-Buffering";
    private static final String CACHE = "Cache-Control";

    private Streams() {}

    /// One rollout, for programs.
    @Path("/api/v1/rollouts/{id}/stream")
    @Tag(name = "Rollouts")
    public static class OfApi {

        private final RolloutFeed feed;

        OfApi(RolloutFeed feed) {
            this.feed = feed;
        }

        @GET
        @Produces(MediaType.SERVER_SENT_EVENTS)
        @ResponseHeader(name = BUFFERING, value = "no")
        @ResponseHeader(name = CACHE, value = "no-store")
        @Operation(summary = "Says \"changed\" whenever a rollout has changed (SSE)")
        public Multi<OutboundSseEvent> changes(@PathParam("id") String id, @Context Sse sse) {
            return feed.of(Ids.parse(id), sse);
        }
    }

    /// One rollout, for its page.
    @Path("/rollouts/{id}/stream")
    public static class OfPage {

        private final RolloutFeed feed;

        OfPage(RolloutFeed feed) {
            this.feed = feed;
        }

        @GET
        @Produces(MediaType.SERVER_SENT_EVENTS)
        @ResponseHeader(name = BUFFERING, value = "no")
        @ResponseHeader(name = CACHE, value = "no-store")
        @Operation(hidden = true)
        public Multi<OutboundSseEvent> changes(@PathParam("id") String id, @Context Sse sse) {
            return feed.of(Ids.parse(id), sse);
        }
    }

    /// All rollouts, for the page that lists them.
    @Path("/stream")
    public static class OfList {

        private final RolloutFeed feed;
        private final Visitors visitors;

        OfList(RolloutFeed feed, Visitors visitors) {
            this.feed = feed;
            this.visitors = visitors;
        }

        @GET
        @Produces(MediaType.SERVER_SENT_EVENTS)
        @ResponseHeader(name = BUFFERING, value = "no")
        @ResponseHeader(name = CACHE, value = "no-store")
        @Operation(hidden = true)
        public Multi<OutboundSseEvent> changes(@Context Sse sse) {
            return feed.ofAll(visitors.sight(), sse);
        }
    }
}
