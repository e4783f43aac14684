package dev.serin.server.cli;

import dev.serin.server.EarlyDriver;
import dev.serin.server.postgres.LocalPostgres;
import dev.serin.server.postgres.PostgresFailed;
import dev.serin.server.problem.WrongUse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Where the embedded PostgreSQL keeps its data.
// No method of it is a command, and to look for one among all takes time at every start.
@Command(addMethodSubcommands = false)
final class DatabaseOptions {

    private static final String FAMILY = "quarkus.datasource";

    static final String URL = FAMILY + ".jdbc.url";
    private static final String USER = FAMILY + ".username";
    private static final String PASSWORD = FAMILY + ".password";

    /// What changes nothing of a single connection.
    private static final Set<String> PLAIN =
            Set.of(
                    URL,
                    USER,
                    PASSWORD,
                    FAMILY + ".jdbc.initial-size",
                    FAMILY + ".jdbc.min-size",
                    FAMILY + ".jdbc.max-size");

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

    /// Begins to connect to the database that the settings name, before Quarkus reads them.
    ///
    /// Not where more is told than where it is and as whom: nobody but Quarkus knows all of that, and a
    /// password must not go out another way than it would.
    static void connectEarly() {
        var url = Settings.value(URL);
        var user = Settings.value(USER);
        var password = Settings.value(PASSWORD);
        if (url != null
                && user != null
                && password != null
                && Stream.of(url, user, password).noneMatch(DatabaseOptions::isExpanded)
                && Settings.areNoOthers(FAMILY, PLAIN)
                && !Settings.areInFiles()) {
            EarlyDriver.begin(url, user, password);
        }
    }

    /// Whether Quarkus reads something else in it than what is written.
    private static boolean isExpanded(String value) {
        return value.contains("$") || value.contains("\\");
    }

    private Path directory() {
        if (data != null) {
            return data;
        }
        var home = System.getenv("SERIN_HOME");
        return Path.of(home == null || home.isBlank() ? ".serin" : home);
    }
}
