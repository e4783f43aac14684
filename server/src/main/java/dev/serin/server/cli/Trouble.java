package dev.serin.server.cli;

import dev.serin.server.postgres.PostgresFailed;
import dev.serin.server.problem.WrongUse;
import dev.serin.server.remote.ServerAway;
import io.smallrye.config.ConfigValidationException;
import java.net.BindException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Why a command failed, for whoever typed it.
///
/// @param line what is wrong and how to mend it, on one line
/// @param code the exit code
record Trouble(String line, int code) {

    /// What PostgreSQL calls no connection, no such user or password, no such database, and no room or
    /// no time for one more.
    private static final Pattern NO_CONNECTION = Pattern.compile("(08|28|3D)...|53300|57P03");

    private static final Pattern UNREADABLE =
            Pattern.compile(
                    ".*The config property (\\S+) with the config value \"(.*)\" threw an Exception whilst being converted (?:SRCFG[0-9]+: )?(.*)");

    private static final Pattern OUT_OF_RANGE = Pattern.compile("(serin\\.\\S+) (.*)");

    private static final Pattern CODE = Pattern.compile("(\\S+: )?SRCFG[0-9]+: ");

    /// What failed at a start comes wrapped, so each cause is looked at.
    static Trouble of(Throwable failure) {
        var root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var known = known(cause);
            if (known != null) {
                return known;
            }
            root = cause;
        }
        return new Trouble(
                "%s (%s); SERIN_TRACE=1 shows where"
                        .formatted(message(root), root.getClass().getSimpleName()),
                Serin.FAILED);
    }

    /// Null if only its own words tell what it is.
    private static @Nullable Trouble known(Throwable cause) {
        return switch (cause) {
            case WrongUse _, ServerAway _ -> new Trouble(message(cause), Serin.FAILED);
            case PostgresFailed _ -> new Trouble(message(cause), Serin.NO_DATABASE);
            case ConfigValidationException wrong -> new Trouble(settings(wrong), Serin.FAILED);
            case BindException _ ->
                    new Trouble(
                            "another program listens at the port: name a free one with --port, or QUARKUS_HTTP_PORT",
                            Serin.FAILED);
            case SQLException refused when isNoConnection(refused) ->
                    new Trouble(
                            "the database cannot be used: %s See QUARKUS_DATASOURCE_JDBC_URL, QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD"
                                    .formatted(sentence(message(refused))),
                            Serin.NO_DATABASE);
            default -> null;
        };
    }

    /// The first line of what it says of itself, or what kind of failure it is.
    static String message(Throwable failure) {
        return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName())
                .lines()
                .findFirst()
                .orElse("");
    }

    private static boolean isNoConnection(SQLException refused) {
        var state = refused.getSQLState();
        return state != null && NO_CONNECTION.matcher(state).matches();
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static String settings(ConfigValidationException wrong) {
        return IntStream.range(0, wrong.getProblemCount())
                .mapToObj(i -> setting(wrong.getProblem(i).getMessage()))
                .collect(Collectors.joining("; "));
    }

    private static String setting(String problem) {
        var text = problem.lines().collect(Collectors.joining(" "));
        var unreadable = UNREADABLE.matcher(text);
        if (unreadable.matches()) {
            return "%s is %s: %s"
                    .formatted(
                            Settings.variable(unreadable.group(1)),
                            unreadable.group(2),
                            unreadable.group(3));
        }
        var range = OUT_OF_RANGE.matcher(text);
        return range.matches()
                ? Settings.variable(range.group(1)) + " " + range.group(2)
                : CODE.matcher(text).replaceFirst("");
    }
}
