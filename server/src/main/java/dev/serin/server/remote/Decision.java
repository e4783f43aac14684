package dev.serin.server.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Something that a person decides about a rollout. The command's name is the API's word for it.
///
/// The version that is sent is the one named, or else the one that is read just before: then the
/// command means the rollout as it is now.
public abstract sealed class Decision implements Callable<Integer> {

    @Parameters(paramLabel = "ID", converter = IdText.class, description = "the rollout's id")
    private UUID id = new UUID(0, 0);

    @Option(names = "--comment", paramLabel = "TEXT", description = "why; the journal keeps it")
    private String comment = "";

    @Option(
            names = "--version",
            paramLabel = "N",
            description = "the version that you looked at: on another one nothing is done")
    private @Nullable Long version;

    @Option(names = "--json", description = "one JSON document on standard output")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help and end")
    @SuppressWarnings("UnusedVariable") // picocli looks whether it was given
    private boolean help;

    @Mixin private ServerOptions options = new ServerOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    /// Goes past an open gate.
    @Command(name = "approve", description = "Goes past the open gate, by one step.")
    public static final class Approve extends Decision {

        @Option(
                names = "--waive",
                paramLabel = "CONDITION",
                description = "a condition that may be unsure; may be given again")
        private List<String> waive = new ArrayList<>();

        @Option(
                names = "--evidence",
                paramLabel = "NAME",
                description = "the evidence that you looked at, as status --json names it")
        private String evidence = "";

        Approve() {}

        @Override
        List<String> waived() {
            return waive;
        }

        @Override
        String seen() {
            return evidence;
        }
    }

    /// Does not go past an open gate.
    @Command(name = "reject", description = "Does not go past the open gate: rolls back.")
    public static final class Reject extends Decision {
        Reject() {}
    }

    /// Stops advancing.
    @Command(name = "pause", description = "Keeps the share and stops advancing.")
    public static final class Pause extends Decision {
        Pause() {}
    }

    /// Goes on.
    @Command(name = "resume", description = "Goes on after a pause.")
    public static final class Resume extends Decision {
        Resume() {}
    }

    /// Finishes a step early.
    @Command(name = "promote", description = "Finishes this step now, without its remaining time.")
    public static final class Promote extends Decision {

        @Option(
                names = "--waive",
                paramLabel = "CONDITION",
                description = "a condition that may be unsure; may be given again")
        private List<String> waive = new ArrayList<>();

        Promote() {}

        @Override
        List<String> waived() {
            return waive;
        }
    }

    /// Gives all calls back.
    @Command(name = "rollback", description = "Gives all calls back to the baseline.")
    public static final class RollBack extends Decision {
        RollBack() {}
    }

    /// Conditions that may be unsure.
    List<String> waived() {
        return List.of();
    }

    /// The evidence that was looked at; empty where nobody said.
    String seen() {
        return "";
    }

    @Override
    public Integer call() {
        var server = options.server();
        var commandLine = spec.commandLine();
        var wish = RemoteServer.JSON.createObjectNode();
        wish.put("version", version == null ? (Long) server.rollout(id).version() : version);
        wish.put("comment", comment);
        if (!waived().isEmpty()) {
            var list = wish.putArray("waive");
            waived().forEach(list::add);
        }
        if (!seen().isEmpty()) {
            wish.put("evidence", seen());
        }
        var answer = server.post("/api/v1/rollouts/%s/%s".formatted(id, spec.name()), wish);
        if (answer.status() == 409 && answer.body().path("rollout").isObject()) {
            var now = new ShownRollout(answer.body().path("rollout"));
            commandLine
                    .getErr()
                    .println(
                            "serin: nothing was done: %s; now, at version %d: %s"
                                    .formatted(answer.detail(), now.version(), now.line()));
            return 1;
        }
        var rollout = new ShownRollout(server.good(answer));
        commandLine.getOut().println(json ? rollout.json() : rollout.line());
        return 0;
    }
}
