package dev.serin.server.route;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.serin.server.rollout.RouteStories;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// One route for programs: who serves it, and what it kept of its objectives.
@Path("/api/v1/routes")
@Tag(name = "Routes")
@Produces(MediaType.APPLICATION_JSON)
public class OneRouteApi {

    private final RouteReads reads;

    OneRouteApi(RouteReads reads) {
        this.reads = reads;
    }

    /// A route with its objectives.
    ///
    /// @param before the model that one press puts back; null if there never was another
    /// @param active the rollout under way; null if there is none
    /// @param share part of the calls that its candidate gets, 0 to 1
    /// @param lastRollout the last that ended; null if none has
    /// @param simulated whether all that it served was simulated
    /// @param team whose it is; null for everybody's
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "RouteWithObjectives")
    record OneRouteJson(
            String name,
            String model,
            Instant since,
            @Nullable String before,
            @Nullable UUID active,
            @Nullable String candidate,
            double share,
            @Nullable UUID lastRollout,
            boolean simulated,
            @Nullable String team,
            List<RouteObjectiveJson> objectives) {}

    @GET
    @Path("{name}")
    @RunOnVirtualThread
    @Operation(
            summary = "One route, and what is left of its error budgets",
            description =
                    "The objectives are those of the route's newest plan. They count the calls of"
                            + " both arms over all its rollouts; calls outside of rollouts are not"
                            + " seen.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = OneRouteJson.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no route of this name",
            content = @Content(mediaType = "application/problem+json"))
    public OneRouteJson one(@PathParam("name") String name) {
        var found = reads.one(name);
        var route = found.whole().route();
        var active = route.active();
        var last = route.last();
        var before = route.before();
        return new OneRouteJson(
                route.name(),
                route.model(),
                route.since(),
                before == null ? null : before.model(),
                idOf(active),
                active == null ? null : active.story().plan().candidate(),
                active == null ? 0 : active.story().rollout().share().fraction(),
                idOf(last),
                route.simulated(),
                route.team(),
                found.kept().stream().map(RouteObjectiveJson::of).toList());
    }

    private static @Nullable UUID idOf(RouteStories.@Nullable Upgrade upgrade) {
        return upgrade == null ? null : upgrade.id();
    }
}
