package dev.serin.bench.chaos;

import dev.serin.bench.gateway.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/// Three servers, their PostgreSQL and the models behind them, until it is closed.
final class Site implements AutoCloseable {

    /// Shorter than cuts of the network may be, so that it has to be kept.
    static final Duration LEASE = Duration.ofSeconds(5);

    private static final int REPLICAS = 3;

    private final Path directory;
    private final Running standIn;
    private final Database database;
    private final Optional<Clock> clock;
    private final List<Replica> replicas = new ArrayList<>();

    private Site(Path directory, Database database, Optional<Clock> clock, Running standIn) {
        this.directory = directory;
        this.database = database;
        this.clock = clock;
        this.standIn = standIn;
    }

    /// Starts all of it.
    ///
    /// @param jar of the packaged program
    static Site start(Path jar) throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("serin-chaos-");
        var empty = directory.resolve("data");
        // It unpacks PostgreSQL and makes the schema; what then runs is started and killed from
        // here.
        start(
                        directory,
                        jar,
                        "first",
                        "Serin: http",
                        Ports.free(),
                        "serve",
                        "--open",
                        "--embedded",
                        "--data",
                        empty.toString())
                .close();
        int models = Ports.free();
        var standIn =
                start(
                        directory,
                        jar,
                        "stand-in",
                        "It answers for",
                        models,
                        "provider",
                        "--instant");
        var site = new Site(directory, Database.in(empty), Clock.in(directory), standIn);
        try {
            for (int i = 0; i < REPLICAS; i++) {
                site.replicas.add(site.replica(jar, i, models));
            }
            site.startReplicas();
            return site;
        } catch (IOException | InterruptedException | RuntimeException e) {
            site.close();
            throw e;
        }
    }

    /// All at once: each waits for PostgreSQL and for its disk most of the time.
    private void startReplicas() throws IOException, InterruptedException {
        try (var starting = Executors.newVirtualThreadPerTaskExecutor()) {
            var started = new ArrayList<Future<?>>();
            for (var replica : replicas) {
                started.add(
                        starting.submit(() -> {
                            replica.start();
                            return replica;
                        }));
            }
            for (var one : started) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a server does not start", e);
        }
    }

    private Replica replica(Path jar, int number, int models) throws IOException {
        var line = new Line(database.port());
        var settings = new java.util.HashMap<>(database.settings(line.at()));
        settings.put(
                "SERIN_PROVIDERS_STANDIN_BASE_URL", "http://127.0.0.1:%d/v1".formatted(models));
        settings.put("SERIN_PROVIDERS_STANDIN_API_KEY", "any");
        settings.put("SERIN_ROUTES_LEASE", LEASE.toString());
        if (number == REPLICAS - 1) {
            clock.ifPresent(it -> settings.putAll(it.settings()));
        }
        return new Replica("replica-" + number, jar, directory, line, settings);
    }

    private static Running start(
            Path directory, Path jar, String name, String word, int port, String... arguments)
            throws IOException {
        var line =
                Stream.concat(
                                Stream.of(
                                        Running.java(),
                                        "-XX:+UseSerialGC",
                                        "-XX:TieredStopAtLevel=1",
                                        "-XX:+AutoCreateSharedArchive",
                                        archive(directory),
                                        "--sun-misc-unsafe-memory-access=allow",
                                        "-jar",
                                        jar.toString()),
                                Stream.of(arguments))
                        .toList();
        var whole = new ArrayList<>(line);
        whole.addAll(List.of("--port", Integer.toString(port)));
        return Running.start(name, directory, word, Map.of(), whole);
    }

    /// The first server leaves its classes there, with which the others start sooner.
    static String archive(Path directory) {
        return "-XX:SharedArchiveFile=" + directory.resolve("classes.jsa");
    }

    Path directory() {
        return directory;
    }

    Database database() {
        return database;
    }

    /// That of the last replica; empty where nothing can turn it.
    Optional<Clock> clock() {
        return clock;
    }

    List<Replica> replicas() {
        return List.copyOf(replicas);
    }

    /// Any of those that should answer; else any at all.
    Replica any() {
        var ready = replicas.stream().filter(Replica::isReady).toList();
        var some = ready.isEmpty() ? replicas : ready;
        return some.get(ThreadLocalRandom.current().nextInt(some.size()));
    }

    @Override
    public void close() throws IOException {
        for (var replica : replicas) {
            replica.close();
        }
        standIn.close();
        database.close();
    }

    /// Removes what was written; logs are of use only after something broke.
    void remove() throws IOException {
        Database.delete(directory);
    }
}
