package dev.serin.server.cli;

import dev.serin.server.demo.Terminal;
import dev.serin.server.postgres.PostgresFailed;
import dev.serin.server.problem.WrongUse;
import dev.serin.server.replay.Replays;
import dev.serin.server.rollout.PastRuns;
import jakarta.enterprise.inject.spi.CDI;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Plays recorded calls through a plan, in virtual time.
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Plays recorded calls through a plan, in virtual time, and keeps the run in the history.",
            "Ends 0 promoted, 2 rolled back, 3 undecided, 4 at a gate (--until-gate), 1 anything else."
        })
final class Replay implements Callable<Integer> {

    @Option(names = "--plan", paramLabel = "PLAN", required = true, description = "YAML or JSON")
    private Path plan = Path.of("");

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            required = true,
            description = "the baseline's calls: LLMPerf's JSON, CSV with names, or NDJSON")
    private Path baseline = Path.of("");

    @Option(
            names = "--candidate",
            paramLabel = "FILE",
            required = true,
            description = "the candidate's calls")
    private Path candidate = Path.of("");

    @Option(
            names = "--arrivals",
            paramLabel = "FILE",
            description = {
                "when calls come in: a CSV trace with a column TIMESTAMP",
                "(default: the times in the baseline's file, or else 20 calls a second)"
            })
    private @Nullable Path arrivals;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "the same number gives the same replay (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(
            names = "--until-gate",
            description = "end at the first gate; without it the replay approves its own gates")
    private boolean untilGate;

    @Option(names = "--json", description = "one JSON document on standard output")
    private boolean json;

    @Option(
            names = "--summary",
            paramLabel = "FILE",
            description = "write Markdown for a pull request")
    private @Nullable Path summary;

    @Option(names = "--no-history", description = "do not keep the run; needs no database")
    private boolean noHistory;

    @Mixin private DatabaseOptions database = new DatabaseOptions();

    @Override
    public Integer call() throws Exception {
        var request =
                new Replays.Request(
                        plan, baseline, candidate, arrivals, seed, untilGate, !noHistory);
        var replay = Replays.play(request, Instant.now(), System.err);
        var terminal = Terminal.standard();
        if (!json) {
            replay.print(terminal);
        }
        var id = noHistory ? null : keep(replay);
        if (json) {
            System.out.println(replay.json(id));
        } else if (id != null) {
            terminal.line("run: " + id);
        }
        if (summary != null) {
            write(summary, replay.summary(id));
        }
        return replay.exitCode();
    }

    private String keep(Replays replay) throws Exception {
        Map<String, String> settings;
        try {
            settings = new HashMap<>(database.settings());
        } catch (PostgresFailed e) {
            // Its own exit code is taken here: 4 says that a gate is open.
            throw new WrongUse(
                    "the run was not kept: %s; or add --no-history".formatted(e.getMessage()));
        }
        settings.put("quarkus.log.level", "WARN");
        // It listens for changes until it ends, and its pool remarks on that.
        settings.put("quarkus.log.category.\"io.agroal.pool\".level", "ERROR");
        var id = new AtomicReference<>("");
        int kept =
                Boot.job(
                        settings,
                        () -> {
                            var runs = CDI.current().select(PastRuns.class).get();
                            id.set(runs.keep(replay.toHistory()).toString());
                            return 0;
                        });
        if (kept != 0) {
            throw new WrongUse("the run was not kept; or add --no-history");
        }
        return id.get();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException _) {
            throw new WrongUse(
                    "--summary: %s cannot be written; name a file in a folder that is there and may be written to"
                            .formatted(file));
        }
    }
}
