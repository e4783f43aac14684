package dev.serin.server.problem;

import jakarta.ws.rs.core.Response.Status;
import java.net.ConnectException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Ends a request with a problem, from wherever it was found.
public final class ProblemException extends RuntimeException {

    private static final int MOST_CAUSES = 20;
    private static final int MOST_SUPPRESSED = 5;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    /// The request cannot be read.
    public static ProblemException badRequest(String detail) {
        return new ProblemException(Problem.of("bad-request", Status.BAD_REQUEST, detail));
    }

    /// One field of the request is wrong.
    public static ProblemException badField(String field, String detail) {
        var problem = Problem.of("bad-request", Status.BAD_REQUEST, field + ": " + detail);
        return new ProblemException(problem.with("field", field));
    }

    public static ProblemException notFound(String kind, String detail) {
        return new ProblemException(Problem.of(kind, Status.NOT_FOUND, detail));
    }

    public Problem problem() {
        return problem;
    }

    /// Whether what failed so may go well when it is tried again: Serin had no room, or the database
    /// cannot be reached.
    ///
    /// @param e what was thrown, or what a future wraps it in
    public static boolean isPassing(Throwable e) {
        var told = e.getCause() instanceof ProblemException wrapped ? wrapped : e;
        return told instanceof ProblemException refusal
                ? refusal.problem().status() == Status.SERVICE_UNAVAILABLE.getStatusCode()
                : isDatabaseAway(e);
    }

    /// Whether `e` came about because the database cannot be reached.
    public static boolean isDatabaseAway(Throwable e) {
        return isDatabaseAway(e, MOST_SUPPRESSED);
    }

    /// @param deeper how often what was suppressed is looked into: a commit that fails names its cause
    ///     there
    private static boolean isDatabaseAway(Throwable e, int deeper) {
        @Nullable Throwable cause = e;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++, cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
            if (cause instanceof SQLException sql && tellsOfAbsence(sql)) {
                return true;
            }
            if (deeper > 0) {
                for (var suppressed : cause.getSuppressed()) {
                    if (isDatabaseAway(suppressed, deeper - 1)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean tellsOfAbsence(SQLException e) {
        var state = e.getSQLState();
        if (state == null) {
            var message = String.valueOf(e.getMessage());
            return message.contains("Acquisition timeout") || message.contains("closed");
        }
        return state.startsWith("08") || state.startsWith("57P") || state.equals("53300");
    }
}
