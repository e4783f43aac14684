package dev.serin.server.replay;

import dev.serin.engine.judge.Call;
import dev.serin.server.problem.WrongUse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Recorded calls of a file, for who measures them instead of playing them.
///
/// @param file its name
/// @param calls in the file's order, at least one
/// @param inFile readable calls in the file; more than `calls` if only an even sample was kept
/// @param troubles rows that could not be read, a line each
public record Recording(String file, List<RecordedCall> calls, long inFile, List<String> troubles) {

    /// Which calls of a long file are kept.
    private static final long SEED = 1;

    public Recording {
        calls = List.copyOf(calls);
        troubles = List.copyOf(troubles);
    }

    /// Reads it.
    ///
    /// @param labels names of the labels that are looked for
    /// @throws WrongUse if the file cannot be read, or holds no call that can
    public static Recording read(Path path, Set<String> labels, Set<String> numbers) {
        var sample =
                CallFile.read(
                        path,
                        new CallShape(labels, Set.of(), numbers, CallShape.Wanted.SHAPE),
                        SEED);
        var troubles = new ArrayList<String>();
        sample.named().forEach(row -> troubles.add(row.text(sample.file())));
        if (sample.badRows() > 0) {
            troubles.add(
                    "%s: %,d rows could not be read".formatted(sample.file(), sample.badRows()));
        }
        return new Recording(sample.file(), sample.calls(), sample.inFile(), troubles);
    }

    /// Calls that are not known to have failed.
    public List<RecordedCall> answers() {
        return calls.stream().filter(it -> !failed(it.call())).toList();
    }

    private static boolean failed(Call call) {
        return Boolean.TRUE.equals(call.error());
    }
}
