package dev.serin.server.planfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.engine.plan.Plan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Says whether a file is a plan, without asking a server.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Reads a plan and says what is wrong with it.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the file is a plan", "1:it is none, or cannot be read"})
public final class CheckCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(paramLabel = "PLAN", description = "the plan's file, YAML or JSON")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Path file;

    @Option(names = "--json", description = "one JSON document on standard output")
    private boolean json;

    @Option(
            names = "--calls-per-second",
            paramLabel = "N",
            description = "the route's traffic; warns of steps that are too short for it")
    private @Nullable Double callsPerSecond;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (callsPerSecond != null && !(callsPerSecond > 0)) {
            return trouble("--calls-per-second is above 0, got " + callsPerSecond);
        }
        byte[] bytes;
        try {
            // One byte more than is read tells that the file is too large.
            try (var in = Files.newInputStream(file)) {
                bytes = in.readNBytes(PlanReader.MOST_BYTES + 1);
            }
        } catch (NoSuchFileException e) {
            return trouble("no such file");
        } catch (IOException e) {
            return trouble(Files.isDirectory(file) ? "this is a directory" : "cannot be read");
        }
        var known = new Known(PlanReader.ROUTES_MODEL, callsPerSecond, null, null);
        return switch (PlanReader.read(bytes, _ -> known)) {
            case PlanReading.Read read -> good(read);
            case PlanReading.Refused(List<PlanError> errors) -> bad(errors);
            case PlanReading.TooLarge _ -> trouble("a plan has at most 1 MB");
        };
    }

    private int good(PlanReading.Read read) {
        if (json) {
            var answer = new LinkedHashMap<String, @Nullable Object>();
            answer.put("valid", true);
            answer.put("summary", summary(read.plan()));
            answer.put("warnings", read.warnings().stream().map(CheckCommand::fields).toList());
            answer.put("plan", PlanWriter.document(read.file()));
            print(answer);
            return 0;
        }
        out().println(summary(read.plan()));
        read.warnings()
                .forEach(warning -> out().println("warning: " + file + ":" + warning.text()));
        out().flush();
        return 0;
    }

    private int bad(List<PlanError> errors) {
        if (json) {
            print(
                    Map.of(
                            "valid",
                            false,
                            "errors",
                            errors.stream().map(CheckCommand::fields).toList()));
            return 1;
        }
        errors.forEach(error -> err().println(file + ":" + error.text()));
        err().flush();
        return 1;
    }

    private int trouble(String message) {
        if (json) {
            var error = new PlanError(1, 1, Shape.WHOLE, Refusals.quoted(file.toString()), message);
            return bad(List.of(error));
        }
        err().println(file + ": " + message);
        err().flush();
        return 1;
    }

    /// A plan in one line.
    static String summary(Plan plan) {
        return "%s: %s → %s, %s, %s"
                .formatted(
                        plan.route(),
                        shortly(plan.baseline(), plan.candidate()),
                        shortly(plan.candidate(), plan.baseline()),
                        counted(plan.steps().size(), "step"),
                        counted(plan.conditions().size(), "condition"));
    }

    /// A model without its provider, where that still tells it from the other one.
    private static String shortly(String model, String other) {
        var name = name(model);
        return name.equals(name(other)) ? model : name;
    }

    private static String name(String model) {
        return model.substring(model.lastIndexOf('/') + 1);
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static Map<String, Object> fields(PlanError error) {
        var fields = place(error.line(), error.column(), error.field(), error.message());
        fields.put("value", error.value());
        return fields;
    }

    private static Map<String, Object> fields(Warning warning) {
        return place(warning.line(), warning.column(), warning.field(), warning.message());
    }

    private static Map<String, Object> place(int line, int column, String field, String message) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("line", line);
        fields.put("column", column);
        fields.put("field", field);
        fields.put("message", message);
        return fields;
    }

    private void print(Map<String, ?> answer) {
        try {
            out().println(JSON.writeValueAsString(answer));
            out().flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of text and numbers always become JSON", e);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
