package dev.serin.server.compare;

import dev.serin.server.problem.ProblemException;
import dev.serin.server.rollout.Run;
import dev.serin.server.rollout.Runs;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/// Runs side by side for programs.
@Path("/api/v1/compare")
@Tag(name = "Rollouts")
@Produces(MediaType.APPLICATION_JSON)
public class CompareApi {

    private final Runs runs;

    CompareApi(Runs runs) {
        this.runs = runs;
    }

    @GET
    @RunOnVirtualThread
    @Operation(
            summary = "Two to eight runs side by side",
            description =
                    "Each step holds the candidate against the baseline that ran beside it, with"
                            + " intervals.")
    @APIResponse(responseCode = "200", description = "The runs, in the order asked for")
    @APIResponse(responseCode = "400", description = "Fewer than two or more than eight")
    @APIResponse(responseCode = "404", description = "One of them does not exist")
    public CompareJson compare(@RestQuery("run") List<String> run) {
        var ids = new LinkedHashSet<UUID>();
        for (var text : run) {
            ids.add(id(text));
        }
        if (ids.size() < 2 || ids.size() > CompareViews.MOST) {
            throw ProblemException.badField(
                    "run",
                    "name two to %d rollouts, got %d".formatted(CompareViews.MOST, ids.size()));
        }
        var found = runs.of(List.copyOf(ids));
        found.stream().map(Run::id).forEach(ids::remove);
        if (!ids.isEmpty()) {
            throw ProblemException.notFound(
                    "no-such-rollout", "there is no rollout " + ids.getFirst());
        }
        return CompareJson.of(found);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw ProblemException.badField("run", "is a rollout's id, got " + text);
        }
    }
}
