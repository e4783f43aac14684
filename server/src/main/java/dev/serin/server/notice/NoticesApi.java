package dev.serin.server.notice;

import static dev.serin.server.problem.ProblemException.badField;

import dev.serin.server.access.Visitors;
import dev.serin.server.problem.Parameters;
import dev.serin.server.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// What was sent to whom, for programs.
@Path("/api/v1/notices")
@Tag(name = "Notices")
@Produces(MediaType.APPLICATION_JSON)
public class NoticesApi {

    private static final int MOST_LISTED = 500;

    private final LetterLog letters;
    private final Resending resending;
    private final Visitors visitors;

    NoticesApi(LetterLog letters, Resending resending, Visitors visitors) {
        this.letters = letters;
        this.resending = resending;
        this.visitors = visitors;
    }

    @GET
    @RunOnVirtualThread
    @Operation(
            summary = "List messages, one for each receiver, the newest first",
            description =
                    "`state` is waits, delivered or dead. For the next page, give the last one's id"
                            + " as `before`.")
    @APIResponse(responseCode = "200", description = "The messages")
    @APIResponse(responseCode = "400", description = "A parameter cannot be read")
    public RestResponse<List<NoticeJson>> list(
            @RestQuery @Nullable String state,
            @RestQuery @Nullable String route,
            @RestQuery @Nullable String before,
            @RestQuery @DefaultValue("50") String limit,
            @Context UriInfo uri) {
        int most = Parameters.count("limit", limit, MOST_LISTED);
        var place =
                before == null || before.isBlank()
                        ? null
                        : Parameters.number("before", before, Long.MAX_VALUE);
        var found =
                letters
                        .newest(LogFilter.of(state(state), route, place), visitors.sight(), most)
                        .stream()
                        .map(NoticeJson::of)
                        .toList();
        var answer = RestResponse.ResponseBuilder.ok(found);
        if (found.size() == most) {
            answer.header("Link", Parameters.next(uri, found.getLast().id()));
        }
        return answer.build();
    }

    @POST
    @Path("{id}/resend")
    @RunOnVirtualThread
    @Operation(
            summary = "Send a dead letter again",
            description = "Under the same `webhook-id`, with all tries before it.")
    @APIResponse(responseCode = "200", description = "It waits to be sent")
    @APIResponse(responseCode = "404", description = "There is none with this id")
    @APIResponse(
            responseCode = "409",
            description = "It is not dead, or its receiver was removed; nothing was changed")
    public NoticeJson resend(@PathParam("id") String id) {
        return NoticeJson.of(resending.again(parse(id), visitors.current().by()));
    }

    static long parse(String id) {
        if (!id.matches("[0-9]{1,18}")) {
            throw ProblemException.notFound("no-such-notice", "there is no message " + id);
        }
        return Long.parseLong(id);
    }

    private static @Nullable State state(@Nullable String key) {
        return key == null
                ? null
                : State.of(key).orElseThrow(() -> badField("state", "is waits, delivered or dead"));
    }
}
