package dev.serin.server.problem;

import dev.serin.server.DatabaseFailed;
import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Every exception that reaches the edge becomes a problem here.
final class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    @ServerExceptionMapper
    Response known(ProblemException e) {
        return e.problem().response();
    }

    /// What JAX-RS itself refuses: an unknown address, another method, another media type.
    @ServerExceptionMapper(priority = 1)
    Response refused(WebApplicationException e) {
        var given = e.getResponse();
        var status = Status.fromStatusCode(given.getStatus());
        if (status == null || status.getFamily() == Status.Family.SUCCESSFUL || given.hasEntity()) {
            return given;
        }
        if (status.getFamily() == Status.Family.REDIRECTION) {
            return given;
        }
        if (status == Status.INTERNAL_SERVER_ERROR) {
            return unforeseen(e);
        }
        var answer =
                Response.fromResponse(Problem.of(kind(status), status, advice(status)).response());
        given.getHeaders().forEach((name, values) -> values.forEach(v -> keep(answer, name, v)));
        return answer.build();
    }

    @ServerExceptionMapper
    Response databaseFailed(DatabaseFailed e) {
        return ProblemException.isDatabaseAway(e) ? away() : unforeseen(e);
    }

    @ServerExceptionMapper
    Response persistence(PersistenceException e) {
        return ProblemException.isDatabaseAway(e) ? away() : unforeseen(e);
    }

    @ServerExceptionMapper
    Response everythingElse(RuntimeException e) {
        return ProblemException.isDatabaseAway(e) ? away() : unforeseen(e);
    }

    private static Response away() {
        return Problem.of(
                        "database-away",
                        Status.SERVICE_UNAVAILABLE,
                        "the database cannot be reached; nothing was stored, try again")
                .response();
    }

    private static Response unforeseen(Throwable e) {
        var id = UUID.randomUUID();
        LOG.errorf(e, "a request failed; its caller was told the number %s", id);
        return Problem.of(
                        "internal",
                        Status.INTERNAL_SERVER_ERROR,
                        "something is wrong inside Serin; its log knows more under this id")
                .with("id", id)
                .response();
    }

    private static void keep(Response.ResponseBuilder answer, String name, Object value) {
        if (!name.equalsIgnoreCase("Content-Type") && !name.equalsIgnoreCase("Content-Length")) {
            answer.header(name, value);
        }
    }

    private static String kind(Status status) {
        return status.getReasonPhrase().toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
    }

    private static String advice(Status status) {
        return switch (status) {
            case NOT_FOUND ->
                    "there is nothing at this address; the API is described at /q/openapi";
            case METHOD_NOT_ALLOWED -> "this address takes another method, see Allow";
            case UNSUPPORTED_MEDIA_TYPE ->
                    "this address takes another Content-Type, see /q/openapi";
            case NOT_ACCEPTABLE -> "this address answers with another type than Accept asks for";
            case REQUEST_ENTITY_TOO_LARGE -> "a body has at most 10 MB";
            case BAD_REQUEST -> "the request cannot be read, see /q/openapi";
            default -> status.getReasonPhrase();
        };
    }
}
