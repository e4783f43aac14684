package dev.serin.server.evidence;

import dev.serin.server.access.Role;
import dev.serin.server.access.Visitors;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Takes observations from anything that can post.
@Path("/api/v1/rollouts/{id}/observations")
@Tag(name = "Observations")
@Produces(MediaType.APPLICATION_JSON)
public class ObservationsApi {

    private static final String EXAMPLE =
            """
            [{"id": "call-1", "arm": "candidate", "at": "2026-03-01T12:00:00Z", "step": 1,
              "key": "user-7", "latencyMs": 812, "ttftMs": 95, "error": false, "errorClass": null,
              "costUsd": 0.03, "tokensIn": 210, "tokensOut": 80, "traceId": "4bf92f",
              "labels": {"hallucination": false, "quality": 0.83}}]\
            """;

    private final Observations observations;
    private final Visitors visitors;

    ObservationsApi(Observations observations, Visitors visitors) {
        this.observations = observations;
        this.visitors = visitors;
    }

    @POST
    @Consumes({
        MediaType.APPLICATION_JSON,
        "application/x-ndjson",
        "application/ndjson",
        "application/jsonl"
    })
    @RunOnVirtualThread
    @Operation(
            summary = "Report calls",
            description =
                    "A JSON array of observations, or one a line (NDJSON). Answered after all of them"
                            + " are stored; a row that is wrong is refused by its index, the others"
                            + " are stored. The same call id, and the same Idempotency-Key, count"
                            + " once. Of one key, the first 20 calls in a step and hour are judged,"
                            + " the others count as exposure. Where the plan waits for labels, the"
                            + " answer's label lists the calls of this post that are to get one.")
    @RequestBody(content = @Content(mediaType = "application/json", example = EXAMPLE))
    public Answer post(
            @PathParam("id") String id,
            @HeaderParam("Content-Type") @Nullable String type,
            @HeaderParam("Content-Encoding") @Nullable String encoding,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            byte[] body) {
        var rollout = Ids.parse(id);
        var posted = Posted.of(body, type, encoding, key);
        var scope = visitors.current().scope(Role.OPERATOR);
        var rows = Rows.of(posted, Reading::row);
        return observations.await(
                Batch.of(rollout, rows.read(), rows.refused(), posted.once(), scope));
    }
}
