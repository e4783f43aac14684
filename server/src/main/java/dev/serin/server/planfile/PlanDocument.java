package dev.serin.server.planfile;

import dev.serin.server.problem.WrongUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A plan's document that a command line names.
public final class PlanDocument {

    private PlanDocument() {}

    /// What stands in the file; of one that is too large, enough to tell.
    ///
    /// @throws WrongUse if it cannot be read; the message is one line
    public static byte[] read(Path file) {
        try (var in = Files.newInputStream(file)) {
            // One byte more than is read tells that the file is too large.
            return in.readNBytes(PlanReader.MOST_BYTES + 1);
        } catch (IOException e) {
            throw new WrongUse(
                    "%s: %s"
                            .formatted(
                                    file,
                                    Files.isDirectory(file)
                                            ? "this is a directory"
                                            : Files.exists(file)
                                                    ? "cannot be read"
                                                    : "no such file"));
        }
    }
}
