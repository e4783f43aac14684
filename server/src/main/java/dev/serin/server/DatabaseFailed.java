package dev.serin.server;

import java.sql.SQLException;

/// The database did not do what it was asked to.
public final class DatabaseFailed extends RuntimeException {

    public DatabaseFailed(String message, SQLException cause) {
        super(message, cause);
    }
}
