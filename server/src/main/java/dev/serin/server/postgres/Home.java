package dev.serin.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// Where things lie below Serin's directory. All of it is in a subdirectory that only its owner may
/// enter, so that the directory itself may hold other files and keep its mode.
///
/// @param root the subdirectory, a real path
record Home(Path root) {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<?> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    private static final FileAttribute<?> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    static Home in(Path directory) throws IOException {
        Files.createDirectories(directory, PRIVATE_DIRECTORY);
        var root = directory.resolve("postgres");
        Files.createDirectories(root, PRIVATE_DIRECTORY);
        if (!Files.getPosixFilePermissions(root).equals(OWNER_ONLY)) {
            Files.setPosixFilePermissions(root, OWNER_ONLY);
        }
        return new Home(root.toRealPath());
    }

    Path binaries() {
        return root.resolve(Binaries.VERSION);
    }

    Path program(String name) {
        return binaries().resolve("bin").resolve(name);
    }

    Path data() {
        return root.resolve("data");
    }

    Path pidFile() {
        return data().resolve("postmaster.pid");
    }

    Path passwordFile() {
        return root.resolve("password");
    }

    /// Held alone while something is started or stopped.
    Path turnLock() {
        return root.resolve("turn.lock");
    }

    /// Held together by every process that uses the database.
    Path usersLock() {
        return root.resolve("users.lock");
    }

    Path serverLog() {
        return root.resolve("postgres.log");
    }

    Path commandLog() {
        return root.resolve("commands.log");
    }

    boolean isInitialised() {
        return Files.exists(data().resolve("PG_VERSION"));
    }

    Path scratch(String what) throws IOException {
        return Files.createTempDirectory(root, "new-" + what + "-", PRIVATE_DIRECTORY);
    }

    /// Removes what a process left that was killed while it unpacked or initialised.
    void clearScratch() throws IOException {
        try (var left = Files.newDirectoryStream(root, "new-*")) {
            for (var path : left) {
                delete(path);
            }
        }
    }

    String password() throws IOException {
        return Files.readString(passwordFile()).strip();
    }

    void keepPassword(String password) throws IOException {
        Files.deleteIfExists(passwordFile());
        Files.createFile(passwordFile(), PRIVATE_FILE);
        Files.writeString(passwordFile(), password);
    }

    /// The port that the database had last.
    OptionalInt lastPort() throws IOException {
        try {
            return OptionalInt.of(Integer.parseInt(Files.readString(portFile()).strip()));
        } catch (NoSuchFileException | NumberFormatException _) {
            return OptionalInt.empty();
        }
    }

    void keepPort(int port) throws IOException {
        Files.writeString(portFile(), port + "\n");
    }

    private Path portFile() {
        return root.resolve("port");
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (var path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }
}
