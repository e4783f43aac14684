package dev.serin.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Two servers on one PostgreSQL, and the stand-in that answers for both models, until it is closed.
final class TwoServers implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("\"id\" *: *\"([0-9a-f-]{36})\"");

    private final Deque<Running> running = new ArrayDeque<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final List<Integer> ports;

    /// @param jar of the packaged program
    TwoServers(Path jar) throws IOException {
        directory = Files.createTempDirectory("serin-two-");
        try {
            int standIn = Running.freePort();
            start(
                    "stand-in",
                    "It answers for",
                    Map.of(),
                    List.of(
                            Running.java(),
                            "-jar",
                            jar.toString(),
                            "provider",
                            "--instant",
                            "--port",
                            Integer.toString(standIn)));
            ports = List.of(server(jar, "one", standIn), server(jar, "other", standIn));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    List<Integer> ports() {
        return ports;
    }

    /// Starts a rollout that gives half of the calls to the candidate.
    ///
    /// @return its id
    String begin(String route) throws IOException, InterruptedException {
        var plan =
                """
                route: %s
                baseline: standin/gpt-3.5
                candidate: standin/gpt-4-good
                key: request
                steps:
                  - { name: half, share: 50%%, duration: 24h }
                  - { name: full, share: 100%% }
                rollback:
                  - error_rate >= 10%%
                """
                        .formatted(route);
        var matcher =
                ID.matcher(post(ports.getFirst(), "/api/v1/rollouts", "application/yaml", plan));
        if (!matcher.find()) {
            throw new IllegalStateException("the rollout of %s has no id".formatted(route));
        }
        return matcher.group(1);
    }

    /// @throws IllegalStateException if it is not accepted
    String post(int port, String path, String type, String body)
            throws IOException, InterruptedException {
        var answer =
                http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    "%s answered %d: %s".formatted(path, answer.statusCode(), answer.body()));
        }
        return answer.body();
    }

    private int server(Path jar, String name, int standIn) throws IOException {
        int port = Running.freePort();
        start(
                name,
                "Serin: http",
                Map.of(
                        "SERIN_PROVIDERS_STANDIN_BASE_URL",
                        "http://127.0.0.1:%d/v1".formatted(standIn),
                        "SERIN_PROVIDERS_STANDIN_API_KEY",
                        "any"),
                Running.embedded(
                        List.of(
                                Running.java(),
                                Running.COMPACT,
                                "-Xmx384m",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-jar",
                                jar.toString()),
                        port,
                        directory.resolve("data")));
        return port;
    }

    private void start(String name, String word, Map<String, String> settings, List<String> line)
            throws IOException {
        running.push(Running.start(name, directory, word, settings, line));
    }

    @Override
    public void close() {
        http.close();
        running.forEach(Running::close);
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("%s was not removed: %s".formatted(directory, e));
        }
    }
}
