package dev.serin.server.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs, packed in an archive on the class path.
final class Binaries {

    /// Names the directory; another version is unpacked beside an older one.
    static final String VERSION = "18.4.0";

    private static final int OWNER_MAY_EXECUTE = 0100;

    private Binaries() {}

    /// Unpacks them, unless that was done before. A reader never sees half of them.
    static void unpackInto(Home home) throws IOException, PostgresFailed {
        if (Files.exists(home.binaries())) {
            return;
        }
        var scratch = home.scratch("binaries");
        try (var packed = Binaries.class.getResourceAsStream(archive())) {
            if (packed == null) {
                throw new PostgresFailed(
                        "this build has no PostgreSQL for %s on %s: set QUARKUS_DATASOURCE_JDBC_URL to one that runs"
                                .formatted(
                                        System.getProperty("os.name"),
                                        System.getProperty("os.arch")));
            }
            unpack(packed, scratch);
        }
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(scratch, home.binaries(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(InputStream packed, Path to) throws IOException {
        try (var tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, to);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path to)
            throws IOException {
        var path = to.resolve(entry.getName()).normalize();
        if (!path.startsWith(to)) {
            throw new IOException("the archive leaves its directory: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, path);
        var mode = (entry.getMode() & OWNER_MAY_EXECUTE) == 0 ? "rw-r--r--" : "rwxr-xr-x";
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static String archive() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var arm = System.getProperty("os.arch").equals("aarch64");
        return "/postgres-%s-%s.txz"
                .formatted(os.contains("mac") ? "darwin" : "linux", arm ? "arm_64" : "x86_64");
    }
}
