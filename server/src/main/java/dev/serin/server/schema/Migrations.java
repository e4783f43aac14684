package dev.serin.server.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// The migrations that this program brings, with the checksums that Flyway stores of them.
///
/// Read when the class is loaded: a native executable has them from its build.
final class Migrations {

    /// Not every jar has entries for its directories, so one file shows where the others are.
    private static final String FIRST = "/db/migration/V1__rollouts.sql";

    private static final Pattern NAME = Pattern.compile("V([0-9]+)__.*\\.sql");

    private static final Map<String, Integer> BROUGHT = read();

    private Migrations() {}

    /// Checksums by version; empty if they cannot be listed here.
    static Map<String, Integer> brought() {
        return BROUGHT;
    }

    private static Map<String, Integer> read() {
        var first = Migrations.class.getResource(FIRST);
        if (first == null) {
            return Map.of();
        }
        try {
            var address = first.toURI();
            if (!address.getScheme().equals("jar")) {
                return beside(Path.of(address));
            }
            try (var jar = open(address)) {
                return beside(jar.getPath(FIRST));
            }
        } catch (URISyntaxException | IOException | UncheckedIOException e) {
            throw new IllegalStateException("the migrations are not to be read", e);
        }
    }

    private static FileSystem open(URI address) throws IOException {
        var text = address.toString();
        return FileSystems.newFileSystem(
                Path.of(URI.create(text.substring("jar:".length(), text.indexOf("!/")))),
                (ClassLoader) null);
    }

    private static Map<String, Integer> beside(Path first) throws IOException {
        var brought = new HashMap<String, Integer>();
        try (var files = Files.newDirectoryStream(Objects.requireNonNull(first.getParent()))) {
            for (var file : files) {
                var name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    brought.put(name.group(1), checksum(file));
                }
            }
        }
        return Map.copyOf(brought);
    }

    /// As Flyway counts it: CRC-32 of all lines, without what ends them.
    private static int checksum(Path file) throws IOException {
        var sum = new CRC32();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                sum.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return (int) sum.getValue();
    }
}
