package dev.serin.server.freeze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.server.access.Visitors;
import dev.serin.server.problem.Bodies;
import dev.serin.server.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Times in which no share rises, for programs.
@Path("/api/v1/freezes")
@Tag(name = "Freezes")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class FreezesApi {

    private static final String EXAMPLE =
            """
            {"team": "search", "until": "2026-11-30T09:00:00Z", "why": "release week"}
            """;

    private final Freezes freezes;
    private final Visitors visitors;
    private final InstantSource clock;

    FreezesApi(Freezes freezes, Visitors visitors, InstantSource clock) {
        this.freezes = freezes;
        this.visitors = visitors;
        this.clock = clock;
    }

    /// A freeze that holds or will.
    ///
    /// @param team whose shares do not rise; `*` is every team
    /// @param until at this moment shares may rise again
    /// @param holds whether it has begun
    @RegisterForReflection
    public record FreezeJson(
            UUID id,
            String team,
            Instant from,
            Instant until,
            String by,
            String why,
            boolean holds) {

        static FreezeJson of(Freezes.Shown freeze) {
            return new FreezeJson(
                    freeze.id(),
                    freeze.team(),
                    freeze.from(),
                    freeze.until(),
                    freeze.by(),
                    freeze.why(),
                    freeze.holds());
        }
    }

    @GET
    @Operation(summary = "Freezes that hold or will, the one that ends first before others")
    public List<FreezeJson> all() {
        return freezes.open(visitors.current()).stream().map(FreezeJson::of).toList();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Let no share rise until a time",
            description =
                    "team: whose, all teams if left out or `*`; from: now if left out; until: at most"
                            + " 366 days later; why: at most 200 characters. Rollouts are judged,"
                            + " rolled back and paused all the same. From the answer on, no share"
                            + " rises on any replica.")
    @APIResponse(responseCode = "201", description = "It is set")
    @APIResponse(responseCode = "400", description = "A field is wrong; nothing is frozen")
    @APIResponse(responseCode = "403", description = "Whoever asks is no admin of this team")
    @RequestBody(content = @Content(mediaType = "application/json", example = EXAMPLE))
    public Response set(byte[] body) {
        var json = Bodies.object(body, Set.of("team", "from", "until", "why"));
        var wanted =
                Wanted.of(
                        text(json, "team"),
                        text(json, "from"),
                        text(json, "until"),
                        text(json, "why"),
                        clock.instant());
        var freeze = freezes.set(wanted, visitors.current());
        return Response.created(URI.create("/api/v1/freezes/" + freeze.id()))
                .entity(FreezeJson.of(freeze))
                .build();
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "End a freeze before its time")
    @APIResponse(responseCode = "204", description = "It holds no more")
    @APIResponse(responseCode = "403", description = "Whoever asks is no admin of its team")
    @APIResponse(responseCode = "404", description = "No freeze of this id holds or will")
    public void end(@PathParam("id") String id) {
        freezes.end(parse(id), visitors.current());
    }

    static UUID parse(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw Freezes.noneOf();
        }
    }

    private static @Nullable String text(ObjectNode json, String field) {
        var value = json.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw ProblemException.badField(field, "is a text; write one, or leave it out");
        }
        return value.textValue();
    }
}
