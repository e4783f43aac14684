package dev.serin.server.rollout;

import dev.serin.server.problem.Problem;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

final class NoSuchRouteMapper {

    @ServerExceptionMapper
    Response noSuchRoute(NoSuchRoute e) {
        return Problem.of("no-such-route", Status.NOT_FOUND, String.valueOf(e.getMessage()))
                .response();
    }
}
