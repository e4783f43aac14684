package dev.serin.server.blackbox;

import static org.awaitility.Awaitility.await;

import dev.serin.server.postgres.StockPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process of the packaged program that answers at an address.
final class Program {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Path log;
    private final URI address;

    private Program(Process process, Path log, URI address) {
        this.process = process;
        this.log = log;
        this.address = address;
    }

    /// What a command printed, and how it ended.
    record Ended(int code, String printed, String complained) {}

    /// Runs a command to its end.
    static Ended run(Map<String, String> environment, String... arguments) throws Exception {
        var printed = Files.createTempFile("serin-printed", ".txt");
        var complained = Files.createTempFile("serin-complained", ".txt");
        var process =
                builder(environment, List.of(arguments))
                        .redirectOutput(printed.toFile())
                        .redirectError(complained.toFile())
                        .start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError(String.join(" ", arguments) + " did not end");
        }
        return new Ended(
                process.exitValue(), Files.readString(printed), Files.readString(complained));
    }

    /// Starts one and waits until it has announced where it answers.
    ///
    /// @param announces what stands before the address on its line
    static Program start(Map<String, String> environment, String announces, String... arguments)
            throws IOException {
        var log = Files.createTempFile("serin-program", ".log");
        var process =
                builder(environment, List.of(arguments))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        await().atMost(PATIENCE)
                .failFast(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("it ended: " + Files.readString(log));
                    }
                })
                .until(() -> announced(log, announces) != null);
        return new Program(process, log, URI.create(announced(log, announces)));
    }

    /// Starts a server with its own PostgreSQL, or a database of the one that all tests are to use, and
    /// waits until it is ready.
    static Program serve(Map<String, String> environment, Path data) throws IOException {
        var stock = StockPostgres.ofAllTests();
        if (stock.isPresent()) {
            return serveOn(environment, stock.get().config(database(data)));
        }
        var server =
                start(
                        environment,
                        "Serin: ",
                        "serve",
                        "--embedded",
                        "--port",
                        "0",
                        "--data",
                        data.toString());
        await().atMost(PATIENCE).until(server::isReady);
        return server;
    }

    /// The name of the database that stands for what a server keeps in this directory.
    static String database(Path data) {
        return "of_" + Integer.toHexString(data.toAbsolutePath().toString().hashCode());
    }

    /// Starts a server on a PostgreSQL that runs already, and waits until it is ready.
    ///
    /// @param database the settings of its source of data
    static Program serveOn(Map<String, String> environment, Map<String, String> database)
            throws IOException {
        var all = new HashMap<>(environment);
        database.forEach(
                (name, value) -> all.put(name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        var server = start(all, "Serin: ", "serve", "--port", "0");
        await().atMost(PATIENCE).until(server::isReady);
        return server;
    }

    URI address() {
        return address;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /// Ends it as an operator does.
    void stop() throws InterruptedException {
        if (!stopsWithin(Duration.ofMinutes(1))) {
            kill();
        }
    }

    /// Tells it to stop; whether it has within this time.
    boolean stopsWithin(Duration time) throws InterruptedException {
        process.destroy();
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Ends it without warning.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private boolean isReady() throws InterruptedException {
        var health = HttpRequest.newBuilder(address.resolve("/q/health/ready")).build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(health, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private static String announced(Path log, String announces) throws IOException {
        return Files.readString(log)
                .lines()
                .filter(line -> line.contains(announces + "http"))
                .map(line -> line.substring(line.indexOf(announces) + announces.length()))
                .map(rest -> rest.strip().split("\\s", 2)[0])
                .findFirst()
                .orElse(null);
    }

    private static ProcessBuilder builder(Map<String, String> environment, List<String> arguments) {
        var command = new ArrayList<String>();
        var program = System.getProperty("serin.program", "");
        if (program.isEmpty()) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            // Gone before what it compiles any further would pay.
            command.add("-XX:TieredStopAtLevel=1");
            command.add("-XX:+UseSerialGC");
            command.add("-jar");
            command.add(
                    Path.of("target", "quarkus-app", "quarkus-run.jar")
                            .toAbsolutePath()
                            .toString());
        } else {
            command.add(Path.of(program).toAbsolutePath().toString());
        }
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder;
    }
}
