package dev.serin.server.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.server.demo.PlayedJson;
import dev.serin.server.demo.PlayedTable;
import dev.serin.server.demo.Terminal;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a replay tells: a table, a JSON document, and before both what could not be read.
final class ReplayText {

    private ReplayText() {}

    /// Names the rows that could not be read, and the conditions that can never be met.
    static void warn(Replay replay, PrintStream err) {
        warn(replay.baseline().file(), replay.baseline().badRows(), replay.baseline().named(), err);
        warn(
                replay.candidate().file(),
                replay.candidate().badRows(),
                replay.candidate().named(),
                err);
        var trace = replay.trace();
        if (trace != null) {
            warn(trace.name(), trace.badRows(), trace.named(), err);
        }
        Unknowable.of(replay.plan(), replay.baseline(), replay.candidate())
                .forEach(it -> err.println("serin: warning: " + it.text()));
    }

    private static void warn(String file, long count, List<BadRow> named, PrintStream err) {
        if (count == 0) {
            return;
        }
        named.forEach(row -> err.println("serin: " + row.text(file)));
        err.println(
                count > named.size()
                        ? "serin: %s: %,d rows could not be read; the first %d are named above"
                                .formatted(file, count, named.size())
                        : "serin: %s: %,d rows could not be read".formatted(file, count));
    }

    static void print(Replay.Result result, Terminal terminal) {
        new PlayedTable(terminal).print("Replay", result.played());
        result.sources().forEach(terminal::line);
    }

    /// One scenario as the command line tells it, with its id in the history.
    static ObjectNode json(Replay.Result result, @Nullable String id) {
        var node = PlayedJson.of("replay", result.played());
        node.put("id", id);
        var sources = node.putArray("sources");
        result.sources().forEach(sources::add);
        var warnings = node.putArray("warnings");
        result.unknowable().forEach(it -> warnings.add(it.text()));
        return node;
    }
}
