package dev.serin.server.nativestart;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.flyway.runtime.FlywayDataSourceBuildTimeConfig;
import io.quarkus.flyway.runtime.FlywayDataSourceRuntimeConfig;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// What makes a Flyway of its settings.
@TargetClass(className = "io.quarkus.flyway.runtime.FlywayCreator")
final class FlywayMaker {

    @Alias
    FlywayMaker(FlywayDataSourceRuntimeConfig atStart, FlywayDataSourceBuildTimeConfig ofBuild) {}

    @Alias
    native Flyway createFlyway(DataSource database);
}
