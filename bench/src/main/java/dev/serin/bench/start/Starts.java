package dev.serin.bench.start;

import dev.serin.bench.gateway.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Starts the program on the JVM, with its AOT cache and natively, as far as each is built, and ends with 1 if
/// a limit is not held.
public final class Starts {

    private static final int ROUNDS = 7;
    private static final Duration AT_REST = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(1);

    /// What the program before leaves behind, the system clears away meanwhile.
    private static final Duration CALM = Duration.ofMillis(500);

    /// To look takes a processor from what is looked at, so nobody does in this part of the shortest start so
    /// far. A start that answers sooner is told as too long, never as too short.
    private static final double UNSEEN = 0.75;

    private static final double MOST_MS = 150;
    private static final double LEAST_SOONER = 20;
    private static final double MOST_RESIDENT_MB = 120;
    private static final double MOST_FILE_MB = 150;
    private static final double MOST_OF_PLAIN = 0.5;

    private static final String PLAIN = "plain JVM";
    private static final String CACHED = "with AOT cache";
    private static final String NATIVE = "native";

    /// @param residentMb what it took at rest; NaN if it was not left alone
    private record Start(double ms, double residentMb) {}

    private final Map<String, List<String>> programs;
    private final Map<String, String> settings;
    private final Map<String, Double> shortest = new HashMap<>();
    private boolean kept = true;

    private Starts(Map<String, List<String>> programs, Map<String, String> settings) {
        this.programs = programs;
        this.settings = settings;
    }

    /// @param arguments the packaged program's jar, and a native executable if there is one
    static void main(String[] arguments) throws IOException {
        var jar = Path.of(arguments[0]).toAbsolutePath();
        var programs = new LinkedHashMap<String, List<String>>();
        programs.put(PLAIN, List.of(Running.java(), Running.COMPACT, "-jar", jar.toString()));
        var cache = jar.resolveSibling("app.aot");
        if (Files.exists(cache)) {
            programs.put(
                    CACHED,
                    List.of(
                            Running.java(),
                            Running.COMPACT,
                            "-XX:AOTCache=" + cache,
                            "-jar",
                            jar.toString()));
        }
        if (arguments.length > 1) {
            programs.put(NATIVE, List.of(arguments[1]));
        }
        var directory = Files.createTempDirectory("serin-starts-");
        boolean kept;
        try (var _ = database(jar, directory)) {
            var starts = new Starts(programs, settings(directory));
            starts.run(directory);
            kept = starts.kept;
        } finally {
            delete(directory);
        }
        System.exit(kept ? 0 : 1);
    }

    /// A server that keeps a PostgreSQL and has brought its schema up to date.
    private static Running database(Path jar, Path directory) throws IOException {
        return Running.start(
                "database",
                directory,
                "Serin: http",
                Map.of(),
                Running.embedded(
                        List.of(Running.java(), "-jar", jar.toString()),
                        Running.freePort(),
                        directory));
    }

    /// How others reach the PostgreSQL that a server keeps below its data directory.
    private static Map<String, String> settings(Path directory) throws IOException {
        var home = directory.resolve("postgres");
        var port = Files.readAllLines(home.resolve("data").resolve("postmaster.pid")).get(3);
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:postgresql://127.0.0.1:%s/postgres".formatted(port.strip()),
                "QUARKUS_DATASOURCE_USERNAME",
                "serin",
                "QUARKUS_DATASOURCE_PASSWORD",
                Files.readString(home.resolve("password")).strip());
    }

    private void run(Path directory) throws IOException {
        var took = new HashMap<String, List<Double>>();
        var resident = new HashMap<String, Double>();
        for (int round = 0; round <= ROUNDS; round++) {
            for (var program : programs.entrySet()) {
                var name = program.getKey();
                var seen = start(directory, name, program.getValue(), round == ROUNDS);
                // What the first reads from the disk, the others find in memory.
                if (round > 0) {
                    took.computeIfAbsent(name, _ -> new ArrayList<>()).add(seen.ms);
                }
                resident.put(name, seen.residentMb);
            }
        }
        say("%-16s %14s %10s %14s", "", "first answer", "sooner", "at rest");
        var starts = new HashMap<String, Start>();
        double plain = median(took.getOrDefault(PLAIN, List.of()));
        for (var name : programs.keySet()) {
            double ms = median(took.getOrDefault(name, List.of()));
            double mb = resident.getOrDefault(name, Double.NaN);
            starts.put(name, new Start(ms, mb));
            say("%-16s %11.0f ms %9.1fx %11.0f MB", name, ms, plain / ms, mb);
        }
        var cached = starts.get(CACHED);
        if (cached != null) {
            double part = cached.ms / plain;
            hold("AOT cache by plain JVM", part, part <= MOST_OF_PLAIN, MOST_OF_PLAIN);
        }
        var executable = starts.get(NATIVE);
        if (executable != null) {
            holdNative(executable, plain);
        }
    }

    /// @param plain what the plain JVM takes, in milliseconds
    private void holdNative(Start executable, double plain) throws IOException {
        double ms = executable.ms;
        hold("native, ms to the first answer", ms, ms <= MOST_MS, MOST_MS);
        hold("native, times sooner", plain / ms, plain / ms >= LEAST_SOONER, LEAST_SOONER);
        double mb = executable.residentMb;
        hold("native, MB at rest", mb, mb <= MOST_RESIDENT_MB, MOST_RESIDENT_MB);
        var file = Path.of(programs.getOrDefault(NATIVE, List.of()).getFirst());
        double size = Files.size(file) / 1e6;
        hold("native, MB on disk", size, size <= MOST_FILE_MB, MOST_FILE_MB);
    }

    /// @param rests whether it is left alone for a while after its first answer
    private Start start(Path directory, String name, List<String> program, boolean rests)
            throws IOException {
        int port = Running.freePort();
        var line = new ArrayList<>(program);
        line.addAll(List.of("serve", "--open", "--port", Integer.toString(port)));
        var log = directory.resolve("started.log");
        var builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().putAll(settings);
        builder.redirectOutput(log.toFile());
        LockSupport.parkNanos(CALM.toNanos());
        long began = System.nanoTime();
        try (var server = new Running(name, builder.start(), log)) {
            LockSupport.parkNanos((long) (UNSEEN * shortest.getOrDefault(name, 0.0) * 1e6));
            while (!answers(port)) {
                if (!server.process().isAlive() || System.nanoTime() - began > PATIENCE.toNanos()) {
                    throw new IllegalStateException(
                            "%s did not start; it said: %s".formatted(name, Files.readString(log)));
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
            double ms = (System.nanoTime() - began) / 1e6;
            shortest.merge(name, ms, Math::min);
            if (!rests) {
                return new Start(ms, Double.NaN);
            }
            LockSupport.parkNanos(AT_REST.toNanos());
            return new Start(ms, server.residentMb());
        }
    }

    private static boolean answers(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(
                            "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            var answer =
                    new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return answer.equals("HTTP/1.1 200");
        } catch (IOException _) {
            return false;
        }
    }

    private void hold(String what, double value, boolean held, double limit) {
        kept &= held;
        say("%s: %.2f, limit %.2f%s", what, value, limit, held ? "" : "  NOT HELD");
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }

    private static void delete(Path directory) throws IOException {
        try (var paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder()).forEach(Starts::deleteOne);
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation is in no dependency of ours
    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
