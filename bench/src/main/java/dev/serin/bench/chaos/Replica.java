package dev.serin.bench.chaos;

import dev.serin.bench.gateway.Running;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One of the servers, and its line to PostgreSQL.
final class Replica implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern LAG =
            Pattern.compile(
                    "^serin_ticks_lag_seconds(?:\\{[^}]*})? ([0-9.E-]+)", Pattern.MULTILINE);
    private static final double MOST_LAG = 4;
    private static final Duration LOOK = Duration.ofMillis(100);

    private final String name;
    private final Path jar;
    private final Path log;
    private final String archive;
    private final Line line;
    private final Map<String, String> settings;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
    private volatile @Nullable Process process;
    private volatile boolean ready;

    Replica(String name, Path jar, Path directory, Line line, Map<String, String> settings)
            throws IOException {
        this.name = name;
        this.jar = jar;
        this.log = directory.resolve(name + ".log");
        this.archive = Site.archive(directory);
        this.line = line;
        this.settings = Map.copyOf(settings);
        this.port = Ports.free();
    }

    String name() {
        return name;
    }

    Line line() {
        return line;
    }

    Path log() {
        return log;
    }

    boolean isReady() {
        return ready;
    }

    /// Starts it, again if it ends before it is ready; returns when it is.
    void start() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (System.nanoTime() > end) {
                throw new IOException("%s does not start; see %s".formatted(name, log));
            }
            var running = process;
            if (running == null || !running.isAlive()) {
                process = launch();
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        ready = true;
    }

    private Process launch() throws IOException {
        Files.writeString(log, "---\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        var builder =
                new ProcessBuilder(
                                List.of(
                                        Running.java(),
                                        "-Xmx320m",
                                        "-XX:+UseSerialGC",
                                        "-XX:TieredStopAtLevel=1",
                                        archive,
                                        "-Xshare:auto",
                                        "--sun-misc-unsafe-memory-access=allow",
                                        "-jar",
                                        jar.toString(),
                                        "serve",
                                        "--open",
                                        "--port",
                                        Integer.toString(port)))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(settings);
        return builder.start();
    }

    /// Why it does not work; empty if it does: all is well, and its last round of ticks is no older than
    /// two ticks and the time of a round.
    Optional<String> trouble() throws InterruptedException {
        try {
            var health = get("/q/health");
            if (health.statusCode() != 200) {
                return Optional.of("%s is not well: %s".formatted(name, health.body()));
            }
            var lag = LAG.matcher(get("/q/metrics").body());
            if (!lag.find()) {
                return Optional.of(name + " does not tell how late its ticks are");
            }
            double seconds = Double.parseDouble(lag.group(1));
            return seconds > MOST_LAG
                    ? Optional.of("%s has judged nothing for %.0f s".formatted(name, seconds))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of("%s does not answer: %s".formatted(name, e));
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /// SIGKILL.
    void kill() throws InterruptedException {
        ready = false;
        var running = process;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String type, String body, String... headers)
            throws IOException, InterruptedException {
        var asked = request(path).header("Content-Type", type);
        for (int i = 0; i < headers.length; i += 2) {
            asked.header(headers[i], headers[i + 1]);
        }
        return http.send(
                asked.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .timeout(Duration.ofSeconds(15));
    }

    @Override
    public void close() throws IOException {
        try {
            kill();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        http.close();
        line.close();
    }
}
