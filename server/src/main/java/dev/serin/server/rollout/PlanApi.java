package dev.serin.server.rollout;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.serin.server.access.Visitors;
import dev.serin.server.planfile.PlanError;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import dev.serin.server.planfile.PlanRefusal;
import dev.serin.server.planfile.PlanWriter;
import dev.serin.server.planfile.Warning;
import dev.serin.server.problem.Bodies;
import dev.serin.server.problem.Parameters;
import dev.serin.server.problem.Problem;
import dev.serin.server.rollout.Start.Format;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Takes plans: checks them, and starts what they describe.
@Path("/api/v1/rollouts")
@Tag(name = "Plans")
@Produces(MediaType.APPLICATION_JSON)
public class PlanApi {

    private static final String EXAMPLE =
            """
            route: support-chat
            baseline: openai/gpt-3.5-turbo
            candidate: openai/gpt-4
            steps:
              - { name: 5% canary, share: 5%, duration: 30m }
              - { name: full, share: 100%, duration: 1h, gate: manual }
            rollback:
              - error_rate >= 10%
            """;

    private static final String YAML = "application/yaml";

    private final Rollouts rollouts;
    private final RolloutReads reads;
    private final Routes routes;
    private final Visitors visitors;

    PlanApi(Rollouts rollouts, RolloutReads reads, Routes routes, Visitors visitors) {
        this.rollouts = rollouts;
        this.reads = reads;
        this.routes = routes;
        this.visitors = visitors;
    }

    /// What a check found.
    ///
    /// @param active the rollout that stands in the way of a start; null if there is none
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Checked(
            boolean valid,
            Map<String, @Nullable Object> plan,
            List<Warning> warnings,
            @Nullable UUID active) {}

    @POST
    @Consumes({YAML, "application/x-yaml", "text/yaml", MediaType.APPLICATION_JSON})
    @RunOnVirtualThread
    @Operation(summary = "Start a rollout, or with dryRun only check its plan")
    @APIResponse(responseCode = "201", description = "It has started; Location names it")
    @APIResponse(responseCode = "200", description = "dryRun: the plan is one")
    @APIResponse(responseCode = "400", description = "The plan is none; errors name their line")
    @APIResponse(
            responseCode = "403",
            description = "Whoever asks is no operator in the team of the plan")
    @APIResponse(
            responseCode = "409",
            description = "Another rollout is active on the route, or it is another team's")
    @APIResponse(responseCode = "413", description = "The plan is larger than 1 MB")
    @RequestBody(content = @Content(mediaType = "application/yaml", example = EXAMPLE))
    public Response start(
            @QueryParam("dryRun") @Schema(type = SchemaType.BOOLEAN, defaultValue = "false")
                    @Nullable String dryRun,
            @HeaderParam("Content-Type") @Nullable String type,
            @HeaderParam("Content-Encoding") @Nullable String encoding,
            @Context UriInfo uri,
            byte[] body) {
        // Before all else: a rollout must not start for a check that was written in other words.
        boolean onlyChecks = Parameters.flag("dryRun", dryRun, uri);
        var document = Bodies.unpacked(body, encoding);
        var sight = visitors.sight();
        return switch (PlanReader.read(document, route -> routes.known(route, sight))) {
            case PlanReading.TooLarge large -> throw RolloutApi.tooLarge(large.message());
            case PlanReading.Refused refused -> PlanRefusal.of(refused.errors()).response();
            case PlanReading.Read read -> onlyChecks ? checked(read, type) : start(read, type);
        };
    }

    private Response checked(PlanReading.Read read, @Nullable String type) {
        var refusal = rollouts.refusal(wish(read, type));
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        var active = reads.activeOf(read.plan().route()).orElse(null);
        return Response.ok(
                        new Checked(
                                true, PlanWriter.document(read.file()), read.warnings(), active))
                .build();
    }

    private Response start(PlanReading.Read read, @Nullable String type) {
        return switch (rollouts.start(wish(read, type))) {
            case Begun.Started(UUID id) ->
                    Response.created(URI.create("/api/v1/rollouts/" + id))
                            .entity(reads.one(id))
                            .build();
            case Begun.RouteBusy(UUID active) ->
                    Problem.of(
                                    "route-busy",
                                    Status.CONFLICT,
                                    "%s has an active rollout, %s; finish it or roll it back first"
                                            .formatted(read.plan().route(), active))
                            .with("active", active)
                            .with("rollout", reads.one(active))
                            .response();
            case Begun.OfOtherTeam other -> refused(other);
            case Begun.OtherBaseline(String model) ->
                    PlanRefusal.of(
                                    List.of(
                                            new PlanError(
                                                    1,
                                                    1,
                                                    "baseline",
                                                    read.plan().baseline(),
                                                    "the route's model is " + model)))
                            .response();
        };
    }

    private Start wish(PlanReading.Read read, @Nullable String type) {
        var visitor = visitors.current();
        return new Start(
                read.file(), read.source(), format(type), visitor.by(), visitor, false, null);
    }

    private static Response refused(Begun.OfOtherTeam other) {
        return (other.isTaken()
                        ? Problem.of("other-team", Status.CONFLICT, "team: " + other.why())
                        : Problem.of("not-allowed", Status.FORBIDDEN, "team: " + other.why()))
                .with("errors", List.of(other.error()))
                .response();
    }

    private static Format format(@Nullable String type) {
        return type != null && type.toLowerCase(Locale.ROOT).contains("json")
                ? Format.JSON
                : Format.YAML;
    }
}
