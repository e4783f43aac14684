package dev.serin.server;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;

/// The database's clock, the only one that all replicas share.
@ApplicationScoped
public class ServerClock implements InstantSource {

    private final AgroalDataSource database;

    ServerClock(AgroalDataSource database) {
        this.database = database;
    }

    /// Asks within the running transaction, if there is one.
    @Override
    public Instant instant() {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select clock_timestamp()")) {
            rows.next();
            return rows.getObject(1, OffsetDateTime.class).toInstant();
        } catch (SQLException e) {
            throw new DatabaseFailed("the database did not tell the time", e);
        }
    }
}
