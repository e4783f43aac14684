package dev.serin.bench.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A PostgreSQL that may be killed, and of which a copy can be restored.
final class Database implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path home;
    private final Path binaries;
    private final List<String> prefix;
    private final String password;
    private Path data;
    private volatile int port;

    private Database(Path home, Path binaries, List<String> prefix, String password) {
        this.home = home;
        this.binaries = binaries;
        this.prefix = List.copyOf(prefix);
        this.password = password;
        this.data = home.resolve("data");
    }

    /// Takes over what a server with `--embedded` has left below a directory, and starts it.
    static Database in(Path directory) throws IOException {
        var home = directory.resolve("postgres").toRealPath();
        try (var inside = Files.list(home)) {
            var binaries =
                    inside.filter(path -> Files.exists(path.resolve("bin").resolve("pg_ctl")))
                            .findFirst()
                            .orElseThrow(() -> new IOException("no PostgreSQL in " + home));
            var password = Files.readString(home.resolve("password")).strip();
            var database = new Database(home, binaries, prefix(), password);
            database.start();
            return database;
        }
    }

    /// PostgreSQL refuses to be root, and in a namespace of its own it does not see that it is.
    private static List<String> prefix() throws IOException {
        return Files.getOwner(Path.of(System.getProperty("user.home"))).getName().equals("root")
                        && System.getProperty("user.name", "").equals("root")
                ? List.of("unshare", "-U")
                : List.of();
    }

    int port() {
        return port;
    }

    Map<String, String> settings(int throughPort) {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                url(throughPort),
                "QUARKUS_DATASOURCE_USERNAME",
                "serin",
                "QUARKUS_DATASOURCE_PASSWORD",
                password);
    }

    /// Past all lines.
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(port), "serin", password);
    }

    private static String url(int at) {
        return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(at);
    }

    /// Starts it; the processes of one that was killed may need a moment to go.
    void start() throws IOException {
        if (port == 0) {
            port = Ports.free();
        }
        var options =
                """
                -p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c wal_keep_size=4GB \
                -c max_connections=200 -c track_commit_timestamp=on\
                """
                        .formatted(port);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!run("pg_ctl", "-D", data, "-l", log(), "-w", "-t", "60", "-o", options, "start")) {
            if (System.nanoTime() > end) {
                throw new IOException("PostgreSQL does not start; what it said is in " + log());
            }
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        }
    }

    private Path log() {
        return home.resolve("chaos-postgres.log");
    }

    /// SIGKILL, to all of its processes.
    void kill() throws IOException, InterruptedException {
        var first = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
        var postmaster = ProcessHandle.of(Long.parseLong(first.strip()));
        if (postmaster.isEmpty()) {
            return;
        }
        var all = new ArrayList<>(List.of(postmaster.get()));
        all.addAll(postmaster.get().descendants().toList());
        all.forEach(ProcessHandle::destroyForcibly);
        for (var one : all) {
            one.onExit().orTimeout(1, TimeUnit.MINUTES).join();
        }
    }

    /// A base backup, made while it is written to.
    Path backUp(String name) throws IOException, SQLException {
        var copy = home.resolve(name);
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('chaos', true)");
            copy(data, copy);
            try (var rows = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
                rows.next();
                Files.writeString(copy.resolve("backup_label"), rows.getString(1));
            }
        }
        return copy;
    }

    /// Goes on with a backup and what the one that is dead has logged since, at another port.
    void failOver(Path copy) throws IOException {
        var dead = data;
        copyLog(dead.resolve("pg_wal"), copy.resolve("pg_wal"));
        data = copy;
        port = Ports.free();
        start();
        delete(dead);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes is)
                            throws IOException {
                        var relative = from.relativize(path);
                        Files.copy(path, to.resolve(relative), StandardCopyOption.COPY_ATTRIBUTES);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes is)
                            throws IOException {
                        var relative = from.relativize(path);
                        if (relative.startsWith("pg_wal")
                                || relative.toString().startsWith("postmaster.")) {
                            return FileVisitResult.CONTINUE;
                        }
                        try {
                            Files.copy(
                                    path, to.resolve(relative), StandardCopyOption.COPY_ATTRIBUTES);
                        } catch (NoSuchFileException _) {
                            // It went while the backup was made, and its log has the end of it.
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path path, IOException e)
                            throws IOException {
                        if (e instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw e;
                    }
                });
    }

    private static void copyLog(Path from, Path to) throws IOException {
        try (var files = Files.list(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        file,
                        to.resolve(file.getFileName()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    static void delete(Path tree) throws IOException {
        try (var paths = Files.walk(tree)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private boolean run(String program, Object... arguments) throws IOException {
        var command = new ArrayList<>(prefix);
        command.add(binaries.resolve("bin").resolve(program).toString());
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        var process =
                new ProcessBuilder(command)
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        home.resolve("chaos-commands.log").toFile()))
                        .start();
        try {
            return process.waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        var _ = run("pg_ctl", "-D", data, "-m", "immediate", "-w", "-t", "60", "stop");
    }
}
