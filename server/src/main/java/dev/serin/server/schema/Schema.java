package dev.serin.server.schema;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/// Migrates the database at the start, where it has not all that this program brings.
@ApplicationScoped
public class Schema {

    private static final Logger LOG = Logger.getLogger(Schema.class);

    /// Before whatever else begins at the start, the scheduler among it.
    private static final int FIRST = -1_000;

    private static final String APPLIED =
            "select version, checksum, success from flyway_schema_history where version is not null";

    private static volatile boolean toBeMigrated;

    private final AgroalDataSource database;
    private final Instance<Flyway> flyway;

    Schema(AgroalDataSource database, Instance<Flyway> flyway) {
        this.database = database;
        this.flyway = flyway;
    }

    void bring(@Observes @Priority(FIRST) StartupEvent start) {
        if (!isUpToDate()) {
            toBeMigrated = true;
            flyway.get().migrate();
        }
    }

    /// Whether this start has found something to migrate.
    public static boolean isToBeMigrated() {
        return toBeMigrated;
    }

    private boolean isUpToDate() {
        try (var connection = database.getConnection()) {
            return isUpToDate(connection);
        } catch (SQLException e) {
            LOG.debugf("the schema's history was not read: %s", e);
            return false;
        }
    }

    /// Whether all that this program brings was applied as it is. What a newer one has added is no
    /// matter; for whatever else is odd, Flyway finds words.
    static boolean isUpToDate(Connection connection) throws SQLException {
        var applied = new HashMap<String, Integer>();
        try (var query = connection.createStatement();
                var rows = query.executeQuery(APPLIED)) {
            while (rows.next()) {
                if (!rows.getBoolean("success")) {
                    return false;
                }
                applied.put(rows.getString("version"), rows.getInt("checksum"));
            }
        }
        var brought = Migrations.brought();
        return !brought.isEmpty() && applied.entrySet().containsAll(brought.entrySet());
    }
}
