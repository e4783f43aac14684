package dev.serin.server.profile;

import dev.serin.server.problem.WrongUse;
import dev.serin.server.replay.Recording;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Fits a profile to recorded calls.
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        description = {
            "Fits a model's profile to recorded calls and prints it as YAML.",
            "Comments say from how many calls, how well it fits, and what could not be fitted."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the profile is printed", "1:anything else"})
public final class ProfileCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            description = "the calls: LLMPerf's JSON, CSV with names, or NDJSON")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Path file;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "the profile's name (default: the file's, without its ending)")
    private @Nullable String name;

    @Option(
            names = "--label",
            paramLabel = "NAME",
            description = "a label to look for beside hallucination; may be given again")
    private List<String> labels = new ArrayList<>();

    @Option(
            names = "--number",
            paramLabel = "NAME",
            description = "a number of a plan's own to fit; may be given again")
    private List<String> numbers = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "write the profile there instead of standard output")
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
        var wanted = new HashSet<>(labels);
        wanted.add("hallucination");
        var recording = Recording.read(file, wanted, Set.copyOf(numbers));
        var err = spec.commandLine().getErr();
        recording.troubles().forEach(it -> err.println("serin: " + it));
        err.flush();
        var fitted = FittedProfile.of(recording, named(), wanted, Set.copyOf(numbers));
        var yaml = checked(ProfileText.yaml(fitted));
        if (out != null && force) {
            Output.replace(out, yaml);
        } else if (out != null) {
            Output.create(out, yaml);
        }
        if (json) {
            print(ProfileText.json(fitted).toPrettyString() + "\n");
        } else if (out == null) {
            print(yaml);
        }
        return 0;
    }

    private String named() {
        return name == null ? stem(file) : name;
    }

    /// A name that a profile may not have is told before anything is written.
    private static String checked(String yaml) {
        return switch (ProfileReader.read(yaml.getBytes(StandardCharsets.UTF_8))) {
            case ProfileReading.Read _ -> yaml;
            case ProfileReading.Refused(var errors) ->
                    throw new WrongUse(
                            "%s: %s"
                                    .formatted(
                                            errors.getFirst().field().equals("name")
                                                    ? "--name"
                                                    : errors.getFirst().field(),
                                            errors.getFirst().message()));
        };
    }

    /// A file's name without its ending.
    static String stem(Path file) {
        var name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private void print(String text) {
        var printed = spec.commandLine().getOut();
        printed.print(text);
        printed.flush();
    }
}
