package dev.serin.server.audit;

import static dev.serin.server.problem.ProblemException.badField;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.server.access.Role;
import dev.serin.server.access.Scope;
import dev.serin.server.access.Visitors;
import dev.serin.server.problem.Parameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The audit for programs.
@Path("/api/v1/audit")
@Tag(name = "Audit")
public class AuditApi {

    static final String NDJSON = "application/x-ndjson";

    private static final int MOST_LISTED = 1_000;
    private static final int LISTED = 100;

    /// Deeds that an export holds in memory at once.
    private static final int HELD = 500;

    private final AuditReads reads;
    private final ObjectMapper json;
    private final Visitors visitors;

    AuditApi(AuditReads reads, ObjectMapper json, Visitors visitors) {
        this.visitors = visitors;
        this.reads = reads;
        this.json = json;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, NDJSON})
    @RunOnVirtualThread
    @Operation(
            summary = "Who did what, the newest first",
            description =
                    "`who` is how a name begins, whatever its case. For the next page, give the last"
                            + " one's id as `before`. As application/x-ndjson (or `format=ndjson`)"
                            + " all of them, one a line, unless `limit` says how many.")
    @APIResponse(
            responseCode = "200",
            description = "The deeds",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema =
                                    @Schema(
                                            type = SchemaType.ARRAY,
                                            implementation = AuditJson.class)))
    @APIResponse(responseCode = "400", description = "A parameter cannot be read")
    public Response list(
            @RestQuery @Nullable String who,
            @RestQuery @Nullable String what,
            @RestQuery @Nullable String route,
            @RestQuery @Nullable String before,
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String format,
            @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept) {
        var place = before == null ? null : Parameters.number("before", before, Long.MAX_VALUE);
        var filter = AuditFilter.of(who, what, route, place);
        var admits = visitors.current().scope(Role.ADMIN);
        if (isExport(format, accept)) {
            long most =
                    limit == null
                            ? Long.MAX_VALUE
                            : Parameters.number("limit", limit, Long.MAX_VALUE);
            return Response.ok(lines(filter, admits, most), NDJSON)
                    .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                    .header("Content-Disposition", "attachment; filename=\"audit.ndjson\"")
                    .build();
        }
        long most = limit == null ? LISTED : Parameters.number("limit", limit, MOST_LISTED);
        List<AuditJson> found =
                reads.newest(filter, admits, (int) most).stream().map(AuditJson::of).toList();
        return Response.ok(found, MediaType.APPLICATION_JSON)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
    }

    private StreamingOutput lines(AuditFilter filter, Scope admits, long most) {
        return out -> {
            var from = filter;
            long left = most;
            while (left > 0) {
                int asked = (int) Math.min(HELD, left);
                var page = reads.newest(from, admits, asked);
                for (var row : page) {
                    out.write(json.writeValueAsBytes(AuditJson.of(row)));
                    out.write('\n');
                }
                if (page.size() < asked) {
                    return;
                }
                left -= asked;
                from = from.from(page.getLast().id);
            }
        };
    }

    private static boolean isExport(@Nullable String format, @Nullable String accept) {
        if (format == null) {
            return accept != null && accept.contains(NDJSON);
        }
        if (!format.equals("json") && !format.equals("ndjson")) {
            throw badField("format", "is json or ndjson");
        }
        return format.equals("ndjson");
    }
}
