package dev.serin.server.cli;

import dev.serin.server.postgres.LocalPostgres;
import dev.serin.server.postgres.PostgresFailed;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the embedded PostgreSQL keeps its data.
final class DatabaseOptions {

    static final String URL = "quarkus.datasource.jdbc.url";

    private static final String STARTED = "dev.serin.postgres.started";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "keep the data here (default: SERIN_HOME, or else .serin)")
    private @Nullable Path data;

    boolean isDirectoryNamed() {
        return data != null;
    }

    /// A database for this process: the one that the settings name, unless a directory is named
    /// here; else Serin's own, until the process ends.
    ///
    /// @return what Quarkus must be told to use it
    Map<String, String> settings() throws PostgresFailed {
        return !isDirectoryNamed() && Settings.isGiven(URL) ? Map.of() : embedded();
    }

    Map<String, String> embedded() throws PostgresFailed {
        if (System.getProperty(STARTED) != null) {
            // Dev mode runs the command again after each change; the database stays.
            return Map.of();
        }
        var postgres =
                LocalPostgres.start(directory(), line -> System.err.println("serin: " + line));
        Boot.afterQuarkus(postgres::close);
        System.setProperty(STARTED, "true");
        return postgres.config();
    }

    private Path directory() {
        if (data != null) {
            return data;
        }
        var home = System.getenv("SERIN_HOME");
        return Path.of(home == null || home.isBlank() ? ".serin" : home);
    }
}
