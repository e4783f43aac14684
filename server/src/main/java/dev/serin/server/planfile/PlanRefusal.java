package dev.serin.server.planfile;

import dev.serin.server.problem.Problem;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;

/// A document that is no plan, as the API tells it.
public final class PlanRefusal {

    private PlanRefusal() {}

    /// All errors, and the first of them in words.
    ///
    /// @param errors at least one, by line
    public static Problem of(List<PlanError> errors) {
        var first = errors.getFirst().text();
        var detail =
                errors.size() == 1 ? first : "%s (and %d more)".formatted(first, errors.size() - 1);
        return Problem.of("plan-refused", Status.BAD_REQUEST, detail).with("errors", errors);
    }
}
