package dev.serin.server.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
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

    /// Whether of all settings whose names begin alike these are given at most, under no profile.
    ///
    /// @param family how they begin, as Quarkus writes it: `quarkus.datasource`
    static boolean areNoOthers(String family, Set<String> names) {
        var begin = variable(family);
        var variables = names.stream().map(Settings::variable).collect(Collectors.toSet());
        return System.getenv().keySet().stream()
                        .filter(name -> name.contains(begin))
                        .allMatch(variables::contains)
                && System.getProperties().stringPropertyNames().stream()
                        .filter(name -> name.contains(family))
                        .allMatch(names::contains);
    }

    /// Whether files may hold settings too, which nobody reads before Quarkus does.
    static boolean areInFiles() {
        return Files.exists(Path.of("config"))
                || Files.exists(Path.of(".env"))
                || isGiven("quarkus.config.locations")
                || isGiven("smallrye.config.locations");
    }

    /// The environment variable that sets it.
    static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
