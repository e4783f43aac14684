package dev.serin.server.rollout;

import static dev.serin.server.problem.ProblemException.badField;

import dev.serin.engine.rollout.Signal;
import dev.serin.server.access.Visitors;
import dev.serin.server.evidence.Ids;
import dev.serin.server.problem.Parameters;
import dev.serin.server.problem.Problem;
import dev.serin.server.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Rollouts for programs: list, look, decide.
@Path("/api/v1/rollouts")
@Tag(name = "Rollouts")
@Produces(MediaType.APPLICATION_JSON)
public class RolloutApi {

    private static final int MOST_LISTED = 200;
    private static final int MOST_ENTRIES = 1_000;

    private final Rollouts rollouts;
    private final RolloutReads reads;
    private final EvidenceReads evidence;
    private final Who who;
    private final Visitors visitors;

    RolloutApi(
            Rollouts rollouts,
            RolloutReads reads,
            EvidenceReads evidence,
            Who who,
            Visitors visitors) {
        this.visitors = visitors;
        this.rollouts = rollouts;
        this.reads = reads;
        this.evidence = evidence;
        this.who = who;
    }

    @GET
    @RunOnVirtualThread
    @Operation(
            summary = "List rollouts, the newest first",
            description =
                    "For the next page, give the last one's id as `before`; a time is understood too.")
    public RestResponse<List<RolloutJson>> list(
            @QueryParam("route") @Nullable String route,
            @QueryParam("phase") @Nullable String phase,
            @QueryParam("team") @Nullable String team,
            @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @DefaultValue("50") String limit,
            @Context UriInfo uri) {
        if (phase != null && !RolloutReads.isPhase(phase)) {
            throw badField(
                    "phase",
                    "is one of waiting, observing, awaitingApproval, paused, complete, rolledBack");
        }
        int most = Parameters.count("limit", limit, MOST_LISTED);
        var id = before == null ? null : asId(before);
        var time = before == null || id != null ? null : asTime(before);
        var found =
                reads.list(
                        new RolloutReads.Which(
                                Parameters.text(route),
                                phase,
                                Parameters.text(team),
                                id,
                                time,
                                most,
                                visitors.sight()));
        var answer = RestResponse.ResponseBuilder.ok(found);
        if (found.size() == most) {
            answer.header("Link", Parameters.next(uri, found.getLast().id()));
        }
        return answer.build();
    }

    @GET
    @Path("{id}")
    @RunOnVirtualThread
    @Operation(summary = "One rollout, as it was last judged")
    @APIResponse(responseCode = "200", description = "The rollout")
    @APIResponse(responseCode = "404", description = "There is none with this id")
    public RolloutJson one(@PathParam("id") String id) {
        return reads.shown(Ids.parse(id));
    }

    @GET
    @Path("{id}/journal")
    @RunOnVirtualThread
    @Operation(summary = "All that happened to a rollout, the newest first")
    public List<EntryJson> journal(
            @PathParam("id") String id,
            @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @DefaultValue("200") String limit) {
        return reads.journal(
                Ids.parse(id),
                before == null ? null : Parameters.count("before", before, Integer.MAX_VALUE),
                Parameters.count("limit", limit, MOST_ENTRIES));
    }

    @GET
    @Path("{id}/evidence")
    @RunOnVirtualThread
    @Operation(summary = "The sums behind the findings, by step, stretch of time and arm")
    public EvidenceJson evidence(@PathParam("id") String id) {
        return evidence.of(Ids.parse(id));
    }

    @POST
    @Path("{id}/approve")
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(summary = "Go past the open gate, by exactly one step")
    @RequestBody(content = @Content(mediaType = "application/json", example = Wish.EXAMPLE))
    public Response approve(@PathParam("id") String id, byte[] body) {
        var rollout = Ids.parse(id);
        var wish = Wish.read(body);
        var saw = wish.evidence();
        // An old version is told as such: what was shown at a gate that is left is kept no more.
        if (!saw.isEmpty()
                && !reads.wasShown(rollout, saw)
                && reads.one(rollout).version() == wish.version()) {
            return conflict(
                    rollout,
                    "unknown-evidence",
                    "evidence %s is not what was shown at an open gate of this rollout; look at it again"
                            .formatted(saw));
        }
        return decide(
                rollout, wish, new Signal.Approve(who.asks(), wish.comment(), saw, wish.waive()));
    }

    @POST
    @Path("{id}/reject")
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(summary = "Do not go past the open gate: roll back")
    @RequestBody(content = @Content(mediaType = "application/json", example = Wish.EXAMPLE))
    public Response reject(@PathParam("id") String id, byte[] body) {
        var wish = Wish.read(body);
        return decide(Ids.parse(id), wish, new Signal.Reject(who.asks(), wish.comment()));
    }

    @POST
    @Path("{id}/pause")
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(summary = "Keep the share and stop advancing")
    @RequestBody(content = @Content(mediaType = "application/json", example = Wish.EXAMPLE))
    public Response pause(@PathParam("id") String id, byte[] body) {
        var wish = Wish.read(body);
        return decide(Ids.parse(id), wish, new Signal.Pause(who.asks(), wish.comment()));
    }

    @POST
    @Path("{id}/resume")
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(summary = "Go on after a pause")
    @RequestBody(content = @Content(mediaType = "application/json", example = Wish.EXAMPLE))
    public Response resume(@PathParam("id") String id, byte[] body) {
        var wish = Wish.read(body);
        return decide(Ids.parse(id), wish, new Signal.Resume(who.asks(), wish.comment()));
    }

    @POST
    @Path("{id}/promote")
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(summary = "Finish this step now, without its remaining time")
    @RequestBody(content = @Content(mediaType = "application/json", example = Wish.EXAMPLE))
    public Response promote(@PathParam("id") String id, byte[] body) {
        var wish = Wish.read(body);
        return decide(
                Ids.parse(id), wish, new Signal.Promote(who.asks(), wish.comment(), wish.waive()));
    }

    @POST
    @Path("{id}/rollback")
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(summary = "Give all calls back to the baseline")
    @RequestBody(content = @Content(mediaType = "application/json", example = Wish.EXAMPLE))
    public Response rollBack(@PathParam("id") String id, byte[] body) {
        var wish = Wish.read(body);
        return decide(Ids.parse(id), wish, new Signal.RollBack(who.asks(), wish.comment()));
    }

    private Response decide(UUID rollout, Wish wish, Signal signal) {
        return switch (rollouts.handle(Command.of(rollout, wish.version(), signal))) {
            case Reply.Accepted _ -> Response.ok(reads.one(rollout)).build();
            case Reply.Outdated(long current, String what) ->
                    conflict(
                            rollout,
                            "outdated",
                            "you looked at version %d, it is %d now: %s"
                                    .formatted(wish.version(), current, what));
            case Reply.Refused(String why) -> conflict(rollout, "refused", why);
        };
    }

    private Response conflict(UUID rollout, String kind, String detail) {
        return Problem.of(kind, Status.CONFLICT, detail)
                .with("rollout", reads.one(rollout))
                .response();
    }

    private static @Nullable UUID asId(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static Instant asTime(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            throw badField("before", "is a rollout's id or an RFC 3339 time");
        }
    }

    static ProblemException tooLarge(String detail) {
        return new ProblemException(
                Problem.of("too-large", Status.REQUEST_ENTITY_TOO_LARGE, detail));
    }
}
