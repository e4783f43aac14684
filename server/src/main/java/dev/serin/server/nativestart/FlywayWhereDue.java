package dev.serin.server.nativestart;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.serin.server.schema.Schema;
import io.quarkus.flyway.runtime.FlywayBuildTimeConfig;
import io.quarkus.flyway.runtime.FlywayContainer;
import io.quarkus.flyway.runtime.FlywayContainerProducer;
import io.quarkus.flyway.runtime.FlywayRuntimeConfig;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/// Flyway, which Quarkus makes at every start, and here only where there is something to migrate.
@TargetClass(FlywayContainerProducer.class)
final class FlywayWhereDue {

    @Alias private @Nullable FlywayRuntimeConfig flywayRuntimeConfig;
    @Alias private @Nullable FlywayBuildTimeConfig flywayBuildConfig;

    private FlywayWhereDue() {}

    @Substitute
    public FlywayContainer createFlyway(
            DataSource database, String name, boolean hasMigrations, boolean createPossible) {
        Flyway flyway = null;
        if (Schema.isToBeMigrated()) {
            var atStart = Objects.requireNonNull(flywayRuntimeConfig).datasources().get(name);
            var ofBuild = Objects.requireNonNull(flywayBuildConfig).datasources().get(name);
            flyway =
                    new FlywayMaker(
                                    Objects.requireNonNull(atStart),
                                    Objects.requireNonNull(ofBuild))
                            .createFlyway(database);
        }
        return new FlywayContainer(
                flyway,
                false,
                false,
                false,
                false,
                false,
                false,
                name,
                hasMigrations,
                createPossible);
    }
}
