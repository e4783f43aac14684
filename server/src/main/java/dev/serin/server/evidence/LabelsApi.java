package dev.serin.server.evidence;

import dev.serin.server.problem.Parameters;
import dev.serin.server.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Tells which calls wait for a label.
@Path("/api/v1/rollouts/{id}/labels")
@Tag(name = "Observations")
@Produces(MediaType.APPLICATION_JSON)
public class LabelsApi {

    private static final int MOST = 1000;

    private final PendingCalls pending;

    LabelsApi(PendingCalls pending) {
        this.pending = pending;
    }

    /// Calls that wait for a label, the oldest first.
    @RegisterForReflection
    public record Pending(List<PendingCall> calls) {}

    @GET
    @RunOnVirtualThread
    @Operation(
            summary = "Calls that wait for a label",
            description =
                    "With pending=true: the chosen calls whose label may still come, the oldest first,"
                            + " without their arm.")
    public Pending pending(
            @PathParam("id") String id,
            @QueryParam("pending") @Schema(type = SchemaType.BOOLEAN, defaultValue = "false")
                    @Nullable String only,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        if (!"true".equalsIgnoreCase(only)) {
            throw ProblemException.badField(
                    "pending", "only calls that wait for a label are listed; write pending=true");
        }
        return pending.of(Ids.parse(id), Parameters.count("limit", limit, MOST))
                .map(Pending::new)
                .orElseThrow(() ->
                        ProblemException.notFound("no-such-rollout", "there is no rollout " + id));
    }
}
