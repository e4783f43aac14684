package dev.serin.server.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a person set outside of the command line, asked before Quarkus reads its configuration.
final class Settings {

    private Settings() {}

    /// @param name as Quarkus writes it: `quarkus.http.port`
    static boolean isGiven(String name) {
        return value(name) != null;
    }

    /// Null if it is not set.
    static @Nullable String value(String name) {
        var property = System.getProperty(name);
        return property != null ? property : System.getenv(variable(name));
    }

    /// The environment variable that sets it.
    static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
