package dev.serin.server.compare;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/// Runs side by side for programs.
@Path("/api/v1/compare")
@Tag(name = "Rollouts")
@Produces(MediaType.APPLICATION_JSON)
public class CompareApi {

    private final Asked asked;

    CompareApi(Asked asked) {
        this.asked = asked;
    }

    @GET
    @RunOnVirtualThread
    @Operation(
            summary = "Two to eight runs side by side",
            description =
                    "Each step holds the candidate against the baseline that ran beside it, with"
                            + " intervals. As text/csv, one estimate a line.")
    @APIResponse(responseCode = "200", description = "The runs, in the order asked for")
    @APIResponse(responseCode = "400", description = "Fewer than two or more than eight")
    @APIResponse(responseCode = "404", description = "One of them does not exist")
    public CompareJson compare(@RestQuery("run") List<String> run) {
        return CompareJson.of(asked.of(run));
    }

    @GET
    @Produces(CompareCsv.TYPE)
    @RunOnVirtualThread
    @Operation(hidden = true)
    public String table(@RestQuery("run") List<String> run) {
        return CompareCsv.of(asked.of(run));
    }
}
