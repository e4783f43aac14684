package dev.serin.bench;

import dev.serin.bench.gateway.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The packaged program with a PostgreSQL of its own, until it is closed. Nobody signs in to it.
public final class EmbeddedServer implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("\"id\" *: *\"([0-9a-f-]{36})\"");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path directory;
    private final int port;
    private final Running server;

    private EmbeddedServer(Path directory, int port, Running server) {
        this.directory = directory;
        this.port = port;
        this.server = server;
    }

    /// Starts it, and returns once it listens.
    ///
    /// @param jar of the packaged program
    public static EmbeddedServer start(Path jar) throws IOException {
        var directory = Files.createTempDirectory("serin-bench-");
        int port = Running.freePort();
        var line =
                Running.embedded(
                        List.of(
                                Running.java(),
                                Running.COMPACT,
                                "--sun-misc-unsafe-memory-access=allow",
                                "-jar",
                                jar.toAbsolutePath().toString()),
                        port,
                        directory.resolve("data"));
        return new EmbeddedServer(
                directory, port, Running.start("server", directory, "Serin: http", Map.of(), line));
    }

    /// Begins a rollout.
    ///
    /// @param plan as YAML
    /// @return its id
    public String begin(String plan) throws IOException, InterruptedException {
        var answer = post("/api/v1/rollouts", "application/yaml", BodyPublishers.ofString(plan));
        var matcher = ID.matcher(answer);
        if (!matcher.find()) {
            throw new IllegalStateException("a rollout has no id: " + answer);
        }
        return matcher.group(1);
    }

    /// Posts calls of a rollout, one a line.
    ///
    /// @return the answer
    /// @throws IllegalStateException if they are not accepted
    public String observe(String rollout, BodyPublisher calls)
            throws IOException, InterruptedException {
        return post(
                "/api/v1/rollouts/%s/observations".formatted(rollout),
                "application/x-ndjson",
                calls);
    }

    /// What an address answers.
    public String get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString()).body();
    }

    /// To its database, past the server.
    public Connection connect() throws IOException, SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%s/postgres".formatted(below("port")),
                "serin",
                below("password"));
    }

    private String below(String name) throws IOException {
        return Files.readString(directory.resolve("data").resolve("postgres").resolve(name))
                .strip();
    }

    private String post(String path, String type, BodyPublisher body)
            throws IOException, InterruptedException {
        var answer =
                http.send(
                        request(path).header("Content-Type", type).POST(body).build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    "%s answered %d: %s".formatted(path, answer.statusCode(), answer.body()));
        }
        return answer.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    @Override
    public void close() {
        http.close();
        server.close();
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("%s was not removed: %s".formatted(directory, e));
        }
    }
}
