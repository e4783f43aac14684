package dev.serin.server.remote;

import dev.serin.server.problem.WrongUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Starts what plans describe, unless it runs already.
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the rollouts of a plan, or of a directory of plans, after showing what would",
            "change. A plan that runs, or was the route's last, is not started again."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all runs as the plans say, or would with --dry-run",
            "1:a plan is none, or something is in its way"
        })
public final class ApplyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PLAN|DIR", description = "YAML or JSON, or a directory of them")
    private Path place = Path.of("");

    @Option(names = "--dry-run", description = "only show what would change")
    private boolean dryRun;

    @Option(names = "--yes", description = "do not ask, in a terminal")
    private boolean yes;

    @Option(names = "--again", description = "also start a plan that was the route's last")
    private boolean again;

    @Option(names = "--json", description = "one JSON document on standard output")
    private boolean json;

    @Mixin private ServerOptions options = new ServerOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    ApplyCommand() {}

    @Override
    public Integer call() {
        List<ShownPlan> plans;
        try {
            plans = plans();
        } catch (ShownPlan.Wrong wrong) {
            wrong.lines().forEach(line -> spec.commandLine().getErr().println(line));
            return 1;
        }
        var applying = new Applying(options.server(), again);
        var intents = plans.stream().map(applying::intent).toList();
        intents.forEach(this::say);
        long starts = intents.stream().filter(i -> i instanceof Intent.Start).count();
        if (!dryRun && starts > 0) {
            if (!agreed(starts)) {
                throw new WrongUse("nothing was started");
            }
            intents = intents.stream().map(intent -> started(applying, intent)).toList();
        }
        if (json) {
            var document = RemoteServer.JSON.createObjectNode();
            var list = document.putArray("plans");
            intents.forEach(intent -> list.add(intent.json()));
            spec.commandLine().getOut().println(document);
        }
        return intents.stream().anyMatch(i -> i instanceof Intent.Blocked) ? 1 : 0;
    }

    private Intent started(Applying applying, Intent intent) {
        if (!(intent instanceof Intent.Start(var plan))) {
            return intent;
        }
        var became = applying.start(plan);
        say(became);
        return became;
    }

    private void say(Intent intent) {
        var commandLine = spec.commandLine();
        (json ? commandLine.getErr() : commandLine.getOut()).println(intent.line());
    }

    /// Whether the person agrees; a program has agreed by calling.
    @SuppressWarnings("SystemConsoleNull") // JDK 25 is back to null where there is no terminal
    private boolean agreed(long starts) {
        var console = System.console();
        if (yes || console == null || !Watcher.isPerson()) {
            return true;
        }
        var answer = console.readLine("Start %d rollout%s? [y/N] ", starts, starts == 1 ? "" : "s");
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    private List<ShownPlan> plans() throws ShownPlan.Wrong {
        var plans = new ArrayList<ShownPlan>();
        var wrong = new ArrayList<String>();
        var files = new HashMap<String, Path>();
        for (var file : files()) {
            try {
                var plan = ShownPlan.read(file);
                var other = files.putIfAbsent(plan.route(), file);
                if (other != null) {
                    wrong.add(
                            "%s: %s is the route of %s too; keep one of the files"
                                    .formatted(file, plan.route(), other));
                }
                plans.add(plan);
            } catch (ShownPlan.Wrong e) {
                wrong.addAll(e.lines());
            }
        }
        if (!wrong.isEmpty()) {
            throw new ShownPlan.Wrong(wrong);
        }
        return plans;
    }

    private List<Path> files() {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (var inside = Files.list(place)) {
            var files =
                    inside.filter(Files::isRegularFile)
                            .filter(file -> file.toString().matches(".*\\.(yaml|yml|json)"))
                            .filter(file -> !file.getFileName().toString().startsWith("."))
                            .sorted()
                            .toList();
            if (files.isEmpty()) {
                throw new WrongUse(place + ": there is no plan in it, no .yaml, .yml or .json");
            }
            return files;
        } catch (IOException e) {
            throw new WrongUse(place + ": cannot be read");
        }
    }
}
