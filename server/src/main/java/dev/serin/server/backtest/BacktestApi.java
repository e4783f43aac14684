package dev.serin.server.backtest;

import dev.serin.server.evidence.Ids;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import dev.serin.server.planfile.PlanRefusal;
import dev.serin.server.problem.Bodies;
import dev.serin.server.problem.Problem;
import dev.serin.server.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Judges a stored run under another plan. It starts and changes nothing.
@Path("/api/v1/rollouts/{id}/backtest")
@Tag(name = "Lab")
@Produces(MediaType.APPLICATION_JSON)
public class BacktestApi {

    private final Backtests backtests;

    BacktestApi(Backtests backtests) {
        this.backtests = backtests;
    }

    @POST
    @Consumes({"application/yaml", "application/x-yaml", "text/yaml", MediaType.APPLICATION_JSON})
    @RunOnVirtualThread
    @Operation(
            summary = "Judge a stored run under another plan",
            description =
                    "Each step of the plan is judged on the calls that the run gave the candidate at the"
                            + " same share; what the run cannot answer is said in `unknown`.")
    @APIResponse(responseCode = "200", description = "Both side by side")
    @APIResponse(responseCode = "400", description = "The plan is none; errors name their line")
    @APIResponse(responseCode = "404", description = "There is no run with this id")
    @APIResponse(responseCode = "413", description = "The plan is larger than 1 MB")
    @RequestBody(content = @Content(mediaType = "application/yaml"))
    public BacktestJson judge(
            @PathParam("id") String id,
            @HeaderParam("Content-Encoding") @Nullable String encoding,
            byte[] body) {
        var run = Ids.parse(id);
        var document = Bodies.unpacked(body, encoding);
        return switch (PlanReader.readAlone(document)) {
            case PlanReading.Read read -> BacktestJson.of(backtests.of(run, read.plan()));
            case PlanReading.Refused(var errors) ->
                    throw new ProblemException(PlanRefusal.of(errors));
            case PlanReading.TooLarge large ->
                    throw new ProblemException(
                            Problem.of(
                                    "too-large", Status.REQUEST_ENTITY_TOO_LARGE, large.message()));
        };
    }
}
