package dev.serin.server.rollout;

import dev.serin.server.problem.Problem;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

final class NoSuchRolloutMapper {

    @ServerExceptionMapper
    Response noSuchRollout(NoSuchRollout e) {
        return Problem.of("no-such-rollout", Status.NOT_FOUND, String.valueOf(e.getMessage()))
                .response();
    }
}
