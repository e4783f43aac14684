package dev.serin.server.lab;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.server.demo.Terminal;
import dev.serin.server.lab.LabReader.Asked;
import dev.serin.server.lab.LabReader.Objection;
import dev.serin.server.lab.LabReader.Reading;
import dev.serin.server.planfile.PlanDocument;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.problem.WrongUse;
import dev.serin.simulator.lab.Lab;
import dev.serin.simulator.lab.LabOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Tries a plan on simulated candidates in a terminal, without a server or a database.
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        description = {
            "Plays a plan many times in virtual time against candidates from harmless to terrible:",
            "how often each is promoted or rolled back, how soon, and at what price."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the report is printed", "1:something is wrong; nothing was played"})
public final class LabCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(paramLabel = "PLAN", description = "the plan's file, YAML or JSON")
    private Path plan = Path.of("");

    @Option(
            names = "--candidate",
            paramLabel = "NAME|FILE",
            description = "a built-in candidate or a profile's file; may be given again")
    private List<String> candidates = List.of();

    @Option(
            names = "--baseline",
            paramLabel = "NAME|FILE",
            description = "the baseline's profile (default: the original's GPT-3.5)")
    private String baseline = "";

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "rollouts of each candidate (default: 1000)")
    private String runs = "";

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "the same number gives the same report (default: 1)")
    private String seed = "";

    @Option(
            names = "--calls-per-second",
            paramLabel = "N",
            description = "the route's traffic (default: 20)")
    private String rate = "";

    @Option(names = "--json", description = "one JSON document on standard output")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        var order = order();
        var terminal = Terminal.standard();
        var watch = new TerminalWatch(System.err, terminal.colour());
        try {
            var report = Lab.run(order, watch, Runtime.getRuntime().availableProcessors());
            watch.done();
            if (json) {
                System.out.println(JSON.writeValueAsString(LabJson.of(report)));
            } else {
                new LabTable(terminal).print(report);
            }
        } finally {
            watch.end();
        }
        return 0;
    }

    private LabOrder order() {
        var profiles = LabProfiles.of(candidates);
        var asked =
                new Asked(
                        baseline.isEmpty() ? null : LabProfiles.one(baseline),
                        profiles.named(),
                        profiles.others(),
                        runs,
                        seed,
                        rate);
        return switch (LabReader.read(
                PlanReader.readAlone(PlanDocument.read(plan)), asked, LabOrder.MOST_RUNS)) {
            case Reading.Wanted(var wish) -> wish.order();
            case Reading.Refused(var objections) -> throw new WrongUse(text(objections));
            case Reading.TooLarge(var message) -> throw new WrongUse(plan + ": " + message);
        };
    }

    /// The first objection, and how many follow.
    private String text(List<Objection> objections) {
        var first = objections.getFirst();
        var more = objections.size() == 1 ? "" : " (and %d more)".formatted(objections.size() - 1);
        return first.line() > 0
                ? "%s:%s%s".formatted(plan, first.text(), more)
                : "%s %s%s".formatted(option(first.field()), first.message(), more);
    }

    /// `callsPerSecond` is `--calls-per-second` here.
    private static String option(String field) {
        return "--" + field.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
