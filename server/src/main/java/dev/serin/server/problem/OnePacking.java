package dev.serin.server.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Refuses a body of which several headers say how it is packed: who reads the first of them alone would
/// read packed bytes as what was packed.
final class OnePacking {

    @ServerRequestFilter(nonBlocking = true)
    void refuse(ContainerRequestContext request) {
        if (request.getHeaders().getOrDefault(HttpHeaders.CONTENT_ENCODING, List.of()).size() > 1) {
            throw new ProblemException(
                    Problem.of(
                            "unknown-encoding",
                            Status.UNSUPPORTED_MEDIA_TYPE,
                            "write one Content-Encoding; send the body as it is, or packed with gzip"));
        }
    }
}
