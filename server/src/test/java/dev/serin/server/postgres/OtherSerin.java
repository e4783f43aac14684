package dev.serin.server.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A second process that uses a database, for as long as nobody closes it or kills it.
final class OtherSerin implements AutoCloseable {

    private final Process process;
    private final String firstLine;

    private OtherSerin(Process process, String firstLine) {
        this.process = process;
        this.firstLine = firstLine;
    }

    static OtherSerin start(Path directory) throws IOException {
        return start(directory, Map.of());
    }

    static OtherSerin start(Path directory, Map<String, String> environment) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                OtherSerin.class.getName(),
                                directory.toString()));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        var process = builder.start();
        var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new OtherSerin(process, String.valueOf(out.readLine()));
    }

    /// "port N", or why it did not start.
    String firstLine() {
        return firstLine;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Has it leave in peace.
    @Override
    public void close() throws IOException {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public static void main(String... args) throws IOException {
        try (var postgres = LocalPostgres.start(Path.of(args[0]), System.err::println)) {
            System.out.println("port " + postgres.port());
            while (System.in.read() >= 0) {
                // until the other end closes it
            }
        } catch (PostgresFailed e) {
            System.out.println(e.getMessage());
        }
    }
}
