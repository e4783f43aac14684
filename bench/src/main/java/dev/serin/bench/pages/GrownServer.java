package dev.serin.bench.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// The packaged program with its own PostgreSQL and a history, until it is closed.
final class GrownServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String ANNOUNCES = "Serin: ";

    private final Path directory;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path jar;
    private Process process;
    private URI address;
    private List<String> runs = List.of();
    private String middle = "";

    private GrownServer(Path jar, Path directory) throws IOException {
        this.jar = jar;
        this.directory = directory;
        this.process = start(jar, directory);
        this.address = awaitAddress();
    }

    /// A server behind which so many rollouts lie, with as few calls as were played.
    static GrownServer with(Path jar, int rollouts)
            throws IOException, InterruptedException, SQLException {
        return with(jar, rollouts, 0);
    }

    /// A server behind which so many rollouts lie. It is started anew after they were written, as
    /// they were written past it.
    ///
    /// @param rows about so many tallies of each; 0 for as many as were played
    static GrownServer with(Path jar, int rollouts, int rows)
            throws IOException, InterruptedException, SQLException {
        var server = new GrownServer(jar, Files.createTempDirectory("serin-pages-"));
        try {
            System.out.println("filling a server with " + rollouts + " rollouts …");
            var samples = Samples.played(server);
            try (var database = server.connect()) {
                var history = new History(database, rows);
                history.grow(samples, rollouts);
                server.runs = history.newest();
                server.middle = history.middle();
            }
            server.restart();
            server.settle();
            return server;
        } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /// A rollout that has ended, counted from the newest.
    String run(int place) {
        return runs.get(place);
    }

    /// Rows of tallies in its database.
    long tallies() throws IOException, SQLException {
        try (var database = connect();
                var statement = database.createStatement();
                var rows = statement.executeQuery("select count(*) from tally")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /// Where the page begins that shows the middle of the history.
    String middle() {
        return middle;
    }

    /// How long an answer takes, in milliseconds, from the question to its last byte.
    ///
    /// @param headers of the question, names and values in turn
    double millis(String path, String... headers) throws IOException, InterruptedException {
        var asked = HttpRequest.newBuilder(at(path)).header("Accept", "text/html");
        for (int i = 0; i < headers.length; i += 2) {
            asked.header(headers[i], headers[i + 1]);
        }
        var request = asked.build();
        long began = System.nanoTime();
        var answer = http.send(request, BodyHandlers.ofByteArray());
        double millis = (System.nanoTime() - began) / 1e6;
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("%s answered %d".formatted(path, answer.statusCode()));
        }
        return millis;
    }

    /// Lines of an answer that does not end.
    Stream<String> stream(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofLines()).body();
    }

    /// What the server and its PostgreSQL have used so far.
    Duration processorTime() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
    }

    /// @throws IllegalStateException if it is not accepted
    String post(String path, String type, String body) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(at(path))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(
                    "%s answered %d: %s".formatted(path, answer.statusCode(), answer.body()));
        }
        return answer.body();
    }

    /// Waits until something holds.
    void await(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(
                        "%s did not come about; the server said: %s".formatted(what, log()));
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    @Override
    public void close() {
        stop();
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            System.err.println("%s was not removed: %s".formatted(directory, e));
        }
    }

    /// To its database, past the server.
    Connection connect() throws IOException, SQLException {
        return DriverManager.getConnection(databaseUrl(), "serin", databasePassword());
    }

    void restart() throws IOException {
        stop();
        process = start(jar, directory);
        address = awaitAddress();
    }

    /// Waits for what a server does by itself soon after it was filled: it sums up what ended rollouts
    /// served, and PostgreSQL looks at how the tables have grown.
    private void settle() throws IOException, SQLException {
        try (var database = connect();
                var statement = database.createStatement()) {
            await("sums of what rollouts served", () -> isSummedUp(statement));
            statement.execute("vacuum analyze");
        }
    }

    private static boolean isSummedUp(Statement statement) {
        try (var rows =
                statement.executeQuery(
                        """
                        select not exists (
                          select 1 from rollout r left join served_until u on u.rollout = r.id
                          where r.ended_at between now() - interval '30 days'
                            and now() - interval '7 hours'
                            and r.replay_of is null and u.rollout is null)\
                        """)) {
            rows.next();
            return rows.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException("what is summed up was not read", e);
        }
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Process start(Path jar, Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--sun-misc-unsafe-memory-access=allow",
                        "-jar",
                        jar.toAbsolutePath().toString(),
                        "serve",
                        "--embedded",
                        "--open",
                        "--port",
                        "0",
                        "--data",
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("serin.log").toFile())
                .start();
    }

    private URI awaitAddress() {
        await(
                "a server that listens",
                () -> log().lines().anyMatch(line -> line.startsWith(ANNOUNCES)));
        return log().lines()
                .filter(line -> line.startsWith(ANNOUNCES))
                .map(line -> URI.create(line.substring(ANNOUNCES.length()).strip()))
                .findFirst()
                .orElseThrow();
    }

    private URI at(String path) {
        return Objects.requireNonNull(address).resolve(path);
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("serin.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String databaseUrl() throws IOException {
        return "jdbc:postgresql://127.0.0.1:%s/postgres".formatted(below("port"));
    }

    private String databasePassword() throws IOException {
        return below("password");
    }

    private String below(String name) throws IOException {
        return Files.readString(directory.resolve("postgres").resolve(name)).strip();
    }

    /// For [Samples]: what the API says a rollout's phase is.
    String phase(String id) {
        try {
            var body = get("/api/v1/rollouts/" + id).body();
            return body.replaceAll("(?s).*?\"phase\"\\s*:\\s*\"([^\"]+)\".*", "$1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
