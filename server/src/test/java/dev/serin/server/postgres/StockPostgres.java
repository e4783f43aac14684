package dev.serin.server.postgres;

import dev.serin.server.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// A PostgreSQL that is installed on this machine, with data of its own, until it is closed.
///
/// The tests' own is the one that comes along with Serin. The system property `serin.postgres`, the
/// directory of another one's programs, has all of them run on that instead.
public final class StockPostgres implements AutoCloseable {

    private static final String PROPERTY = "serin.postgres";
    private static final String USER = "serin";
    private static final String PASSWORD = "for tests only";
    private static final int TRIES = 20;

    /// Where packages put it; `%d` is the major version.
    private static final List<String> PLACES =
            List.of(
                    "/usr/lib/postgresql/%d/bin",
                    "/usr/pgsql-%d/bin",
                    "/opt/homebrew/opt/postgresql@%d/bin",
                    "/usr/local/opt/postgresql@%d/bin");

    private static Optional<StockPostgres> ofAllTests;

    private final Path programs;
    private final Path directory;
    private final RunAs runAs;
    private int port;

    private StockPostgres(Path programs, Path directory, RunAs runAs) {
        this.programs = programs;
        this.directory = directory;
        this.runAs = runAs;
    }

    /// The one that all tests are to use instead of Serin's own; it ends with this process.
    public static synchronized Optional<StockPostgres> ofAllTests() {
        if (ofAllTests == null) {
            var named = System.getProperty(PROPERTY, "");
            ofAllTests = named.isEmpty() ? Optional.empty() : Optional.of(start(Path.of(named)));
            ofAllTests.ifPresent(it -> Runtime.getRuntime().addShutdownHook(new Thread(it::close)));
        }
        return ofAllTests;
    }

    /// The programs of a major version, if it is installed.
    public static Optional<Path> find(int major) {
        return Stream.of(
                        Stream.of(System.getProperty(PROPERTY, "")),
                        PLACES.stream().map(place -> place.formatted(major)),
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator)))
                .flatMap(places -> places)
                .filter(place -> !place.isEmpty())
                .map(Path::of)
                .filter(place -> isVersion(major, place))
                .findFirst();
    }

    private static boolean isVersion(int major, Path programs) {
        if (!Files.isExecutable(programs.resolve("initdb"))) {
            return false;
        }
        try {
            var asked = new ProcessBuilder(programs.resolve("initdb").toString(), "--version");
            var process = asked.start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 && said.contains(" " + major + ".");
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Returns once it takes connections.
    ///
    /// @param programs directory of `initdb` and the others
    public static StockPostgres start(Path programs) {
        try {
            var directory = Files.createTempDirectory("serin-stock-postgres-").toRealPath();
            var postgres = new StockPostgres(programs, directory, RunAs.here());
            postgres.begin();
            return postgres;
        } catch (IOException | PostgresFailed e) {
            throw new IllegalStateException("%s: %s".formatted(programs, e.getMessage()), e);
        }
    }

    private void begin() throws IOException {
        var secret = Files.writeString(directory.resolve("password"), PASSWORD);
        var data = Files.createDirectory(data());
        runAs.own(data);
        must(
                "initdb",
                "--pgdata=" + data,
                "--username=" + USER,
                "--auth=scram-sha-256",
                "--pwfile=" + secret,
                "--encoding=UTF8",
                "--locale=C",
                "--no-instructions");
        for (int tries = 1; ; tries++) {
            port = FreePort.next();
            var settings =
                    "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200"
                            .formatted(port);
            var log = directory.resolve("postgres.log");
            if (run("pg_ctl", "-D", data, "-l", log, "-w", "-t", "60", "-o", settings, "start")) {
                return;
            }
            if (tries == TRIES) {
                throw new IOException("it does not start: " + Files.readString(log));
            }
        }
    }

    /// What a server must know to connect to one of its databases, which is made if it is missing.
    public Map<String, String> config(String database) {
        try (var connection = TestPostgres.Jdbc.connect(settings("postgres"));
                var statement = connection.createStatement()) {
            try (var rows =
                    statement.executeQuery(
                            "select 1 from pg_database where datname = '%s'".formatted(database))) {
                if (rows.next()) {
                    return settings(database);
                }
            }
            statement.execute("create database " + database);
            return settings(database);
        } catch (SQLException e) {
            throw new IllegalStateException(database + " was not made: " + e.getMessage(), e);
        }
    }

    private Map<String, String> settings(String database) {
        return Map.of(
                "quarkus.datasource.jdbc.url",
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database),
                "quarkus.datasource.username",
                USER,
                "quarkus.datasource.password",
                PASSWORD);
    }

    /// Runs lines of a shell, as somebody types them who has its programs on the path and is at home in it.
    ///
    /// @throws AssertionError if one of them fails
    public void type(String lines, Path where) throws IOException, InterruptedException {
        var said = where.resolve("said.txt");
        var builder =
                new ProcessBuilder("sh", "-e", "-u", "-c", lines)
                        .directory(where.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "PATH",
                                programs + File.pathSeparator + System.getenv("PATH"),
                                "PGHOST",
                                "127.0.0.1",
                                "PGPORT",
                                Integer.toString(port),
                                "PGUSER",
                                USER,
                                "PGPASSWORD",
                                PASSWORD));
        if (builder.start().waitFor() != 0) {
            throw new AssertionError(lines + " failed: " + Files.readString(said));
        }
    }

    @Override
    public void close() {
        try {
            must("pg_ctl", "-D", data(), "-m", "immediate", "-w", "-t", "60", "stop");
            try (var paths = Files.walk(directory)) {
                for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private void must(String program, Object... arguments) throws IOException {
        if (!run(program, arguments)) {
            throw new IOException(
                    program + " failed: " + Files.readString(directory.resolve("commands.log")));
        }
    }

    private boolean run(String program, Object... arguments) throws IOException {
        var command = new ArrayList<>(runAs.prefix());
        command.add(programs.resolve(program).toString());
        for (var argument : arguments) {
            command.add(Objects.toString(argument));
        }
        var process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("commands.log").toFile())
                        .start();
        try {
            return process.waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
