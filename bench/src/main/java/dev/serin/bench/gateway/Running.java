package dev.serin.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// A program that runs until it is closed.
///
/// @param log where it writes to
public record Running(String name, Process process, Path log) implements AutoCloseable {

    /// How `./serin` and the image start Java; whatever is held against Serin is started alike.
    public static final String COMPACT = "-XX:+UseCompactObjectHeaders";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern USED = Pattern.compile("used ([0-9]+)K");

    /// Starts it, and returns when its log has this word.
    public static Running start(
            String name,
            Path directory,
            String word,
            Map<String, String> settings,
            List<String> line)
            throws IOException {
        var log = directory.resolve(name.toLowerCase(Locale.ROOT).replace(' ', '-') + ".log");
        var builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().putAll(settings);
        var running = new Running(name, builder.redirectOutput(log.toFile()).start(), log);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!running.text().contains(word)) {
            if (!running.process.isAlive() || System.nanoTime() > end) {
                running.close();
                throw new IllegalStateException(
                        "%s did not start; it said: %s".formatted(name, running.text()));
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return running;
    }

    /// The program that runs Java.
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /// The line of a server that nobody signs in to, with a PostgreSQL of its own.
    ///
    /// @param program what starts Serin: Java with its options and a jar, or a native executable
    public static List<String> embedded(List<String> program, int port, Path data) {
        var line = new ArrayList<>(program);
        line.addAll(
                List.of(
                        "serve",
                        "--open",
                        "--embedded",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        data.toString()));
        return line;
    }

    /// A port that nothing listens on.
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /// What it keeps on its heap after a full collection, in MB.
    double heapMb() throws IOException {
        var _ = jcmd("GC.run");
        var matcher = USED.matcher(jcmd("GC.heap_info"));
        if (!matcher.find()) {
            throw new IllegalStateException(name + " does not tell its heap");
        }
        return Long.parseLong(matcher.group(1)) / 1024.0;
    }

    /// What it takes from the machine, in MB; NaN where the system does not tell.
    public double residentMb() throws IOException {
        var status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }

    private String jcmd(String command) throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var asked =
                new ProcessBuilder(jcmd, Long.toString(process.pid()), command)
                        .redirectErrorStream(true)
                        .start();
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String text() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
