package dev.serin.server.cli;

import dev.serin.server.postgres.LocalPostgres;
import dev.serin.server.postgres.PostgresFailed;
import dev.serin.server.problem.WrongUse;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Where the embedded PostgreSQL keeps its data.
// No method of it is a command, and to look for one among all takes time at every start.
@Command(addMethodSubcommands = false)
final class DatabaseOptions {

    static final String URL = "quarkus.datasource.jdbc.url";
    static final String USER = "quarkus.datasource.username";
    static final String PASSWORD = "quarkus.datasource.password";

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

    /// A database of its own beside the usual one, unless a directory is named.
    ///
    /// @throws WrongUse if the settings name one and no directory is, which would be passed over
    Map<String, String> apart(String name) throws PostgresFailed {
        if (!isDirectoryNamed() && Settings.isGiven(URL)) {
            throw new WrongUse(
                    "%s is set, and this demo keeps its rollouts in a database of its own: unset it, or name a directory with --data"
                            .formatted(URL));
        }
        return embedded(data == null ? directory().resolve(name) : data);
    }

    Map<String, String> embedded() throws PostgresFailed {
        return embedded(directory());
    }

    private static Map<String, String> embedded(Path directory) throws PostgresFailed {
        if (System.getProperty(STARTED) != null) {
            // Dev mode runs the command again after each change; the database stays.
            return Map.of();
        }
        var postgres = LocalPostgres.start(directory, line -> System.err.println("serin: " + line));
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
