package dev.serin.server.remote;

import dev.serin.server.problem.WrongUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Waits until a rollout has ended, for a pipeline.
@Command(
        name = "wait",
        mixinStandardHelpOptions = true,
        description = {
            "Waits until a rollout has ended. Outlives restarts of the server and lost connections.",
            "Where GITHUB_STEP_SUMMARY is set, a summary is added to it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:promoted",
            "1:anything else",
            "2:rolled back or rejected",
            "3:undecided, or time ran out",
            "4:waits at a gate (--until-gate)"
        })
public final class WaitCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", converter = IdText.class, description = "the rollout's id")
    private UUID id = new UUID(0, 0);

    @Option(
            names = "--until-gate",
            description = "end where a person is asked: 4 at a gate, 3 when it paused")
    private boolean untilGate;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = TimeText.class,
            description = "how long to wait: 90s, 30m, 2h (default: as long as it takes)")
    private @Nullable Duration timeout;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "write a JUnit report: a test case for each step and condition")
    private @Nullable Path junit;

    @Option(names = "--summary", paramLabel = "FILE", description = "write Markdown")
    private @Nullable Path summary;

    @Option(names = "--json", description = "one JSON document on standard output")
    private boolean json;

    @Mixin private ServerOptions options = new ServerOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    WaitCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        var server = options.server();
        var commandLine = spec.commandLine();
        var watcher =
                new Watcher(
                        json ? commandLine.getErr() : commandLine.getOut(),
                        !json && Watcher.isPerson());
        var ended = new Waiting(server, id, watcher).until(this::isThere, timeout);
        var rollout = ended.rollout();
        if (!ended.inTime()) {
            commandLine.getErr().println("serin: time ran out; the rollout goes on by itself");
        }
        report(server, rollout);
        if (json) {
            commandLine.getOut().println(rollout.json());
        }
        return exitCode(rollout);
    }

    private boolean isThere(ShownRollout rollout) {
        return rollout.isOver() || (untilGate && (rollout.isAtGate() || rollout.isPaused()));
    }

    private int exitCode(ShownRollout rollout) {
        if (rollout.isPromoted()) {
            return ShownRollout.PROMOTED;
        }
        if (rollout.isOver()) {
            return ShownRollout.ROLLED_BACK;
        }
        return untilGate && rollout.isAtGate() ? ShownRollout.AT_GATE : ShownRollout.UNDECIDED;
    }

    private void report(RemoteServer server, ShownRollout rollout) {
        var github = System.getenv("GITHUB_STEP_SUMMARY");
        boolean isAsked = github != null && !github.isBlank();
        if (junit == null && summary == null && !isAsked) {
            return;
        }
        var journal =
                server.good(server.get("/api/v1/rollouts/" + rollout.id() + "/journal?limit=1000"));
        var verdicts = Verdicts.of(rollout, journal);
        if (junit != null) {
            write("--junit", junit, JunitReport.of(rollout, verdicts), true);
        }
        var markdown = SummaryReport.of(rollout, verdicts);
        if (summary != null) {
            write("--summary", summary, markdown, true);
        }
        if (isAsked) {
            write("GITHUB_STEP_SUMMARY", Path.of(github), markdown, false);
        }
    }

    private static void write(String option, Path file, String text, boolean anew) {
        try {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            if (anew) {
                Files.write(file, bytes);
            } else {
                Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new WrongUse("%s: %s cannot be written".formatted(option, file));
        }
    }
}
