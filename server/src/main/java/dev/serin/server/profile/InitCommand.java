package dev.serin.server.profile;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.server.planfile.Known;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import dev.serin.server.planfile.PlanWriter;
import dev.serin.server.planfile.Warning;
import dev.serin.server.problem.WrongUse;
import dev.serin.server.replay.Recording;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Writes a first plan, with limits by what the baseline does.
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a first plan, each limit with its reason.",
            "With --baseline the limits come from recorded calls, else they are beside the baseline."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the plan is written", "1:anything else"})
public final class InitCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "the baseline's calls: LLMPerf's JSON, CSV with names, or NDJSON")
    private @Nullable Path baseline;

    @Option(
            names = "--route",
            paramLabel = "NAME",
            description = "what clients call (default: ${DEFAULT-VALUE})")
    private String route = "my-route";

    @Option(
            names = "--baseline-model",
            paramLabel = "NAME",
            description =
                    "the model that answers now (default: the file's name, or baseline-model)")
    private @Nullable String baselineModel;

    @Option(
            names = "--candidate",
            paramLabel = "NAME",
            description = "the model that may replace it (default: ${DEFAULT-VALUE})")
    private String candidate = "candidate-model";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "write the plan there instead of standard output")
    private @Nullable Path out;

    @Option(names = "--force", description = "write over a file that is there already")
    private boolean force;

    @Option(names = "--json", description = "one JSON document on standard output")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Override
    public Integer call() {
        var seen = baseline == null ? null : measured(baseline);
        var plan = FirstPlan.yaml(route, model(), candidate, seen);
        var read = checked(plan);
        if (out != null && force) {
            Output.replace(out, plan);
        } else if (out != null) {
            Output.create(out, plan);
        }
        if (json) {
            print(document(plan, read));
        } else if (out == null) {
            print(plan);
        }
        return 0;
    }

    private Measured measured(Path file) {
        var recording = Recording.read(file, Set.of("hallucination"), Set.of());
        var err = spec.commandLine().getErr();
        recording.troubles().forEach(it -> err.println("serin: " + it));
        err.flush();
        return Measured.of(recording);
    }

    private String model() {
        if (baselineModel != null) {
            return baselineModel;
        }
        return baseline == null ? "baseline-model" : ProfileCommand.stem(baseline);
    }

    /// A name that a plan may not hold is told before anything is written.
    private static PlanReading.Read checked(String plan) {
        return switch (PlanReader.read(plan, Known.NOTHING)) {
            case PlanReading.Read read -> read;
            case PlanReading.Refused(var errors) -> {
                var first = errors.getFirst();
                throw new WrongUse(
                        "%s: %s"
                                .formatted(
                                        switch (first.field()) {
                                            case "route" -> "--route";
                                            case "baseline" -> "--baseline-model";
                                            case "candidate" -> "--candidate";
                                            default -> first.field();
                                        },
                                        first.message()));
            }
            case PlanReading.TooLarge large -> throw new WrongUse(large.message());
        };
    }

    private String document(String plan, PlanReading.Read read) {
        var node = JSON.createObjectNode();
        node.put("source", plan);
        node.set("plan", JSON.valueToTree(PlanWriter.document(read.plan())));
        var warnings = node.putArray("warnings");
        read.warnings().stream().map(Warning::text).forEach(warnings::add);
        node.put("written", out == null ? null : out.toString());
        return node.toPrettyString() + "\n";
    }

    private void print(String text) {
        var printed = spec.commandLine().getOut();
        printed.print(text);
        printed.flush();
    }
}
