package dev.serin.server.postgres;

/// Serin's own PostgreSQL cannot run here. The message is one line for a person: what, and the mend.
public final class PostgresFailed extends Exception {

    PostgresFailed(String message) {
        super(message);
    }

    PostgresFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
