package dev.serin.server.evidence;

import dev.serin.server.problem.Bodies;
import dev.serin.server.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;
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

    private static final int MOST_KEY = 200;

    private static final String EXAMPLE =
            """
            [{"id": "call-1", "arm": "candidate", "at": "2026-03-01T12:00:00Z", "step": 1,
              "key": "user-7", "latencyMs": 812, "ttftMs": 95, "error": false, "errorClass": null,
              "costUsd": 0.03, "tokensIn": 210, "tokensOut": 80, "traceId": "4bf92f",
              "labels": {"hallucination": false}}]\
            """;

    private static final Set<String> LINES =
            Set.of("application/x-ndjson", "application/ndjson", "application/jsonl");

    private final Observations observations;

    ObservationsApi(Observations observations) {
        this.observations = observations;
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
                            + " the others count as exposure.")
    @RequestBody(content = @Content(mediaType = "application/json", example = EXAMPLE))
    public Answer post(
            @PathParam("id") String id,
            @HeaderParam("Content-Type") @Nullable String type,
            @HeaderParam("Content-Encoding") @Nullable String encoding,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            byte[] body) {
        var rollout = Ids.parse(id);
        var unpacked = Bodies.unpacked(body, encoding);
        var reading = isLines(type) ? Reading.lines(unpacked) : Reading.array(unpacked);
        var batch = Batch.of(rollout, reading.rows(), reading.refused(), once(key, unpacked));
        try {
            return observations.submit(batch).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static boolean isLines(@Nullable String type) {
        if (type == null) {
            return false;
        }
        int end = type.indexOf(';');
        var name = end < 0 ? type : type.substring(0, end);
        return LINES.contains(name.strip().toLowerCase(Locale.ROOT));
    }

    private static Batch.@Nullable Once once(@Nullable String key, byte[] body) {
        if (key == null || key.isBlank()) {
            return null;
        }
        if (key.length() > MOST_KEY) {
            throw ProblemException.badField(
                    "Idempotency-Key", "has at most %d characters".formatted(MOST_KEY));
        }
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(body);
            return new Batch.Once(key, HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
