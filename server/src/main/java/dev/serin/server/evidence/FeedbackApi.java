package dev.serin.server.evidence;

import dev.serin.server.access.Role;
import dev.serin.server.access.Visitors;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Takes labels that come after their call.
@Path("/api/v1/feedback")
@Tag(name = "Observations")
@Produces(MediaType.APPLICATION_JSON)
public class FeedbackApi {

    private static final String EXAMPLE =
            """
            [{"id": "call-1", "label": "hallucination", "value": true,
              "judge": {"name": "grader", "version": "3"}, "at": "2026-03-01T12:09:00Z"},
             {"id": "call-2", "labels": {"hallucination": false, "quality": 0.83}},
             {"id": "call-3", "label": "hallucination", "value": null, "failed": true}]\
            """;

    private final Observations observations;
    private final Visitors visitors;

    FeedbackApi(Observations observations, Visitors visitors) {
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
            summary = "Report labels of calls",
            description =
                    "A JSON array, a single object, or one a line (NDJSON). A label joins its call by id,"
                            + " also before the call is reported; the newest value of a label stands."
                            + " Answered after all are stored: waiting counts labels whose call is not"
                            + " known yet, uncounted tells which are kept and count for nothing.")
    @RequestBody(content = @Content(mediaType = "application/json", example = EXAMPLE))
    public Answer post(
            @HeaderParam("Content-Type") @Nullable String type,
            @HeaderParam("Content-Encoding") @Nullable String encoding,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            byte[] body) {
        var posted = Posted.of(body, type, encoding, key);
        var scope = visitors.current().scope(Role.OPERATOR);
        var once = posted.once();
        var rows = Rows.of(posted, FeedbackReading::row);
        return observations.await(
                Batch.ofFeedback(
                        rows.read(),
                        rows.refused(),
                        once == null ? null : once.among(scope),
                        scope));
    }
}
