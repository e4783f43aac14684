package dev.serin.server.profile;

import dev.serin.server.problem.WrongUse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The profiles that come along with the program, and those in files.
public final class ProfileFiles {

    /// Names of the files in `profiles/` that come along.
    public static final List<String> SHIPPED =
            List.of(
                    "agent-v1",
                    "agent-v2",
                    "gpt-3.5",
                    "gpt-3.5-turbo",
                    "gpt-4",
                    "gpt-4-bad",
                    "gpt-4-good",
                    "gpt-4-turbo",
                    "gpt-4o",
                    "gpt-4o-mini");

    private static final int MOST_BYTES = 1 << 20;

    private ProfileFiles() {}

    /// The profile with this name, or in the file with this path.
    ///
    /// @throws WrongUse if there is none, or it cannot be read; the message is one line
    public static ProfileFile named(String nameOrPath) {
        return SHIPPED.contains(nameOrPath)
                ? shipped(nameOrPath)
                : read(nameOrPath, bytes(nameOrPath));
    }

    private static ProfileFile shipped(String name) {
        var file = "profiles/" + name + ".yaml";
        try (var document = ProfileFiles.class.getResourceAsStream("/" + file)) {
            if (document == null) {
                throw new IllegalStateException(file + " did not come along");
            }
            return read(file, document.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String nameOrPath) {
        var path = Path.of(nameOrPath);
        if (!Files.exists(path)) {
            throw new WrongUse(
                    "%s is no profile: there is no such file, and %s come along"
                            .formatted(nameOrPath, String.join(", ", SHIPPED)));
        }
        // One byte more than is read tells that the file is too large.
        try (var in = Files.newInputStream(path)) {
            return in.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw new WrongUse("%s cannot be read: %s".formatted(nameOrPath, e.getMessage()));
        }
    }

    private static ProfileFile read(String file, byte[] bytes) {
        return switch (ProfileReader.read(bytes)) {
            case ProfileReading.Read(var read) -> read;
            case ProfileReading.Refused(var errors) ->
                    throw new WrongUse(
                            "%s:%s%s"
                                    .formatted(
                                            file,
                                            errors.getFirst().text(),
                                            errors.size() == 1
                                                    ? ""
                                                    : " (and %d more)"
                                                            .formatted(errors.size() - 1)));
        };
    }
}
