package dev.serin.browser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/// The packaged program, on a free port and with an empty database, for one test class.
///
/// ```java
/// @RegisterExtension static final RunningSerin SERIN = RunningSerin.demo();
/// ```
public final class RunningSerin implements BeforeAllCallback, AfterAllCallback, TestWatcher {

    private static final Path JAR =
            Path.of(
                    System.getProperty(
                            "serin.jar", "../server/target/quarkus-app/quarkus-run.jar"));
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
    private static final String ANNOUNCES = "Serin(?: demo)?: (http://\\S+).*";

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> arguments;
    private final List<String> settings = new ArrayList<>();
    private Path directory;
    private Process process;
    private URI address;

    private final Map<String, String> environment;

    private RunningSerin(List<String> arguments, Map<String, String> environment) {
        this.arguments = arguments;
        this.environment = environment;
    }

    /// @param more arguments beside `demo`: `--play`, `--seed 7`
    public static RunningSerin demo(String... more) {
        var arguments = new ArrayList<>(List.of("demo"));
        arguments.addAll(List.of(more));
        return new RunningSerin(arguments, Map.of());
    }

    /// A server that asks people to sign in, with its own PostgreSQL.
    ///
    /// @param password of the account `admin`
    public static RunningSerin closed(String password) {
        return new RunningSerin(
                List.of("serve", "--embedded"),
                Map.of("SERIN_ADMIN_PASSWORD", password, "QUARKUS_HTTP_HOST", "127.0.0.1"));
    }

    /// The same with a setting.
    ///
    /// @param name such as `serin.tick.every`
    public RunningSerin with(String name, String value) {
        settings.add("-D%s=%s".formatted(name, value));
        return this;
    }

    /// Where it answers, without a slash at the end.
    public String url() {
        return address.toString().replaceFirst("/$", "");
    }

    public String url(String path) {
        return url() + path;
    }

    /// All that the program has printed.
    public String log() throws IOException {
        return Files.readString(logFile());
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        directory = Files.createTempDirectory("serin-browser-");
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                // Gone before what it compiles any further would pay.
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                // The first that ends leaves its classes there: others start in
                                // half the time.
                                "-XX:+AutoCreateSharedArchive",
                                "-XX:SharedArchiveFile=" + Path.of("target", "serving.jsa"),
                                "-Xlog:disable",
                                "-jar",
                                JAR.toAbsolutePath().normalize().toString()));
        command.addAll(1, settings);
        command.addAll(arguments);
        command.addAll(List.of("--port", "0", "--data", directory.toString()));
        var program =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(logFile().toFile());
        program.environment().putAll(environment);
        process = program.start();
        awaitReadiness();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        process.destroy();
        if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("Serin did not stop when it was told to; it said:\n" + log());
        }
        delete(directory);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        try {
            context.publishReportEntry("what Serin said", log());
            System.err.println("What Serin said:\n" + log());
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void awaitReadiness() throws IOException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroy();
                throw new AssertionError("Serin did not start; it said:\n" + log());
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private boolean isReady() throws IOException {
        var announced =
                log().lines()
                        .filter(line -> line.matches(ANNOUNCES))
                        .map(line -> URI.create(line.replaceFirst(ANNOUNCES, "$1")))
                        .findFirst();
        if (announced.isEmpty()) {
            return false;
        }
        address = announced.get();
        try {
            var health = HttpRequest.newBuilder(address.resolve("/q/health")).build();
            return http.send(health, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private Path logFile() {
        return directory.resolve("serin.log");
    }

    private static void delete(Path tree) throws IOException {
        try (var paths = Files.walk(tree)) {
            for (var path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }
}
