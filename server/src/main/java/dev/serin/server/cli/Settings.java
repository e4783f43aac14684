package dev.serin.server.cli;

import java.util.Locale;

/// What a person set outside of the command line, asked before Quarkus reads its configuration.
final class Settings {

    private Settings() {}

    /// @param name as Quarkus writes it: `quarkus.http.port`
    static boolean isGiven(String name) {
        return System.getProperty(name) != null
                || System.getenv(name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
                        != null;
    }
}
