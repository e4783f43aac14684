package dev.serin.server.compare;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestQuery;

/// A comparison to keep, as the links of its page give it.
@Path("/")
class CompareFiles {

    private final Asked asked;

    CompareFiles(Asked asked) {
        this.asked = asked;
    }

    @GET
    @Path("compare.csv")
    @Produces(CompareCsv.TYPE + ";charset=UTF-8")
    @RunOnVirtualThread
    @ResponseHeader(
            name = HttpHeaders.CONTENT_DISPOSITION,
            value = "attachment; filename=\"compare.csv\"")
    @Operation(hidden = true)
    public String table(@RestQuery("run") List<String> run) {
        return CompareCsv.of(asked.of(run));
    }

    @GET
    @Path("compare.json")
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @ResponseHeader(
            name = HttpHeaders.CONTENT_DISPOSITION,
            value = "attachment; filename=\"compare.json\"")
    @Operation(hidden = true)
    public CompareJson json(@RestQuery("run") List<String> run) {
        return CompareJson.of(asked.of(run));
    }
}
