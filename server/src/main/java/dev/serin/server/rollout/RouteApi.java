package dev.serin.server.rollout;

import dev.serin.server.access.Grant;
import dev.serin.server.access.Visitors;
import dev.serin.server.evidence.Ids;
import dev.serin.server.problem.Bodies;
import dev.serin.server.problem.Problem;
import dev.serin.server.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Routes for programs, and the way back.
@Path("/api/v1/routes")
@Tag(name = "Routes")
@Produces(MediaType.APPLICATION_JSON)
public class RouteApi {

    private static final String RESTORE =
            """
            {"rollout": "…", "comment": ""}\
            """;

    private final Rollouts rollouts;
    private final RolloutReads reads;
    private final Routes routes;
    private final RouteTeams teams;
    private final Who who;
    private final Visitors visitors;

    RouteApi(
            Rollouts rollouts,
            RolloutReads reads,
            Routes routes,
            RouteTeams teams,
            Who who,
            Visitors visitors) {
        this.teams = teams;
        this.visitors = visitors;
        this.rollouts = rollouts;
        this.reads = reads;
        this.routes = routes;
        this.who = who;
    }

    @GET
    @RunOnVirtualThread
    @Operation(summary = "All routes that you may see, and which model serves them")
    public List<Routes.RouteJson> all() {
        return routes.all(visitors.sight());
    }

    @PATCH
    @Path("{name}")
    @RunOnVirtualThread
    @Operation(
            summary = "Give a route to a team",
            description =
                    "With all its rollouts, that of now and those of before. `team` is a team's name,"
                            + " or `everybody` for none.")
    @APIResponse(responseCode = "204", description = "It is that team's")
    @APIResponse(responseCode = "400", description = "That is no team's name")
    @APIResponse(responseCode = "404", description = "There is no route of this name")
    @RequestBody(
            content = @Content(mediaType = "application/json", example = "{\"team\": \"search\"}"))
    public void give(@PathParam("name") String name, byte[] body) {
        var team = Bodies.object(body, Set.of("team")).path("team");
        if (!team.isTextual()) {
            throw ProblemException.badField(
                    "team", "is a text; write a team's name, or everybody for none");
        }
        teams.give(name, Grant.ofRoute(team.textValue()), who.asks());
    }

    @POST
    @Path("{name}/restore")
    @RunOnVirtualThread
    @Operation(
            summary = "Put the model before back, at once",
            description =
                    "While a rollout is active, it is rolled back (200). Otherwise a new rollout,"
                            + " linked to the last one, gives all calls to the model before (201)."
                            + " `rollout`, which may be left out, is the one that you want undone:"
                            + " if by now another is active or has put its model on the route,"
                            + " nothing is changed (409). Without it nothing is changed within a"
                            + " minute after the route went back; the answer is the rollout by"
                            + " which it did.")
    @RequestBody(content = @Content(mediaType = "application/json", example = RESTORE))
    public Response restore(@PathParam("name") String name, byte[] body) {
        return switch (rollouts.restore(undo(name, body))) {
            case Way.Back(UUID id) ->
                    Response.created(URI.create("/api/v1/rollouts/" + id))
                            .entity(reads.one(id))
                            .build();
            case Way.Stopped(UUID id) -> Response.ok(reads.one(id)).build();
            case Way.NoSuchRoute _ ->
                    Problem.of("no-such-route", Status.NOT_FOUND, "there is no route " + name)
                            .response();
            case Way.Outdated(UUID id, String what) ->
                    Problem.of("outdated", Status.CONFLICT, "nothing was changed: " + what)
                            .with("rollout", reads.one(id))
                            .response();
            case Way.Frozen(String reason) ->
                    Problem.of("refused", Status.CONFLICT, reason).response();
            case Way.NoModelBefore _ ->
                    Problem.of(
                                    "no-model-before",
                                    Status.CONFLICT,
                                    name
                                            + " was never served by another model; nothing to put back")
                            .response();
        };
    }

    private Undo undo(String route, byte[] body) {
        var json = Bodies.object(body, Set.of("comment", "rollout"));
        var why = Wish.text(json, "comment", Wish.MOST_COMMENT);
        var rollout = Wish.text(json, "rollout", Wish.MOST_NAME);
        return rollout.isEmpty()
                ? Undo.any(route, who.asks(), why)
                : Undo.of(route, Ids.parse(rollout), who.asks(), why);
    }
}
