package dev.serin.server;

import io.agroal.api.AgroalDataSource;
import io.smallrye.health.api.Wellness;
import java.sql.SQLException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/// Says whether PostgreSQL answers. Whether a replica is ready does not hang on it: calls go on without
/// it, and all replicas lose it at once, so that none would be left to answer them.
@Wellness
class DatabaseHealth implements HealthCheck {

    private final AgroalDataSource database;

    DatabaseHealth(AgroalDataSource database) {
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        var health = HealthCheckResponse.named("PostgreSQL answers");
        try {
            return health.status(database.isHealthy(/* newConnection= */ false)).build();
        } catch (SQLException e) {
            // Not what it says: this page is open to strangers.
            return health.down().build();
        }
    }
}
