package dev.serin.server.profile;

import dev.serin.server.problem.WrongUse;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes a file that a person asked for.
final class Output {

    private Output() {}

    /// Writes a file that is not there yet.
    ///
    /// @throws WrongUse if it is there, or cannot be written
    static void create(Path file, String text) {
        write(file, text, StandardOpenOption.CREATE_NEW);
    }

    /// Writes a file, also over another one.
    ///
    /// @throws WrongUse if it cannot be written
    static void replace(Path file, String text) {
        write(file, text, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static void write(Path file, String text, StandardOpenOption... how) {
        var options = new StandardOpenOption[how.length + 1];
        System.arraycopy(how, 0, options, 0, how.length);
        options[how.length] = StandardOpenOption.WRITE;
        try {
            Files.writeString(file, text, options);
        } catch (FileAlreadyExistsException e) {
            throw new WrongUse(
                    "--out: %s is there already; name another file, or add --force"
                            .formatted(file));
        } catch (IOException _) {
            throw new WrongUse(
                    "--out: %s cannot be written; name a file in a folder that is there and may be written to"
                            .formatted(file));
        }
    }
}
