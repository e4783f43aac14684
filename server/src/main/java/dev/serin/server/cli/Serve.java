package dev.serin.server.cli;

import dev.serin.server.postgres.PostgresFailed;
import dev.serin.server.problem.WrongUse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs the server, for real.
@Command(
        name = "serve",
        addMethodSubcommands = false,
        mixinStandardHelpOptions = true,
        description = "Runs the server. It takes Quarkus' own settings from the environment.")
final class Serve implements Callable<Integer> {

    private static final String POSTGRESQL = "jdbc:postgresql:";

    @Option(names = "--embedded", description = "bring its own PostgreSQL, with its data in --data")
    private boolean embedded;

    @Option(
            names = "--open",
            description = "ask nobody to sign in; answers on this machine's loopback address only")
    private boolean open;

    @Option(names = "--port", paramLabel = "PORT", description = "listen here (default: 8080)")
    private @Nullable Integer port;

    @Mixin private DatabaseOptions database = new DatabaseOptions();

    @Override
    public Integer call() throws Exception {
        var settings = new HashMap<>(database());
        settings.put("serin.mode", open ? "open" : "closed");
        if (open) {
            settings.put("quarkus.http.host", "127.0.0.1");
        } else if (!Settings.isGiven("quarkus.http.host")) {
            settings.put("quarkus.http.host", "0.0.0.0");
        }
        if (port != null) {
            settings.put(Ports.SETTING, Integer.toString(Ports.choose(port)));
        }
        return Boot.server(settings, Serve::sayWhere);
    }

    private Map<String, String> database() throws PostgresFailed {
        if (embedded) {
            return database.embedded();
        }
        if (database.isDirectoryNamed()) {
            throw new WrongUse("--data is for Serin's own PostgreSQL: add --embedded");
        }
        var address = Settings.value(DatabaseOptions.URL);
        if (address == null) {
            throw new WrongUse(
                    "serve needs a database: set QUARKUS_DATASOURCE_JDBC_URL (jdbc:postgresql://HOST/NAME), or add --embedded");
        }
        if (!address.startsWith(POSTGRESQL)) {
            throw new WrongUse(
                    "QUARKUS_DATASOURCE_JDBC_URL is no address of a PostgreSQL; write one such as jdbc:postgresql://HOST/NAME");
        }
        return Map.of();
    }

    private static void sayWhere() {
        System.err.println("Serin: http://localhost:%s/".formatted(httpPort()));
    }

    /// The port that the running server has, also where any would do.
    static String httpPort() {
        return ConfigProvider.getConfig().getValue(Ports.SETTING, String.class);
    }
}
