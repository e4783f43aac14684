package dev.serin.server.cli;

import dev.serin.server.lab.LabCommand;
import dev.serin.server.planfile.CheckCommand;
import dev.serin.server.profile.InitCommand;
import dev.serin.server.profile.ProfileCommand;
import dev.serin.server.remote.ApplyCommand;
import dev.serin.server.remote.Decision;
import dev.serin.server.remote.RestoreCommand;
import dev.serin.server.remote.StatusCommand;
import dev.serin.server.remote.WaitCommand;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The program's name and the list of its commands.
@Command(
        name = "serin",
        addMethodSubcommands = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Moves production traffic from one AI model to another, on evidence.",
        synopsisSubcommandLabel = "COMMAND")
public final class Serin implements Runnable {

    private static final List<Class<?>> COMMANDS =
            List.of(
                    Serve.class,
                    Demo.class,
                    CheckCommand.class,
                    ApplyCommand.class,
                    StatusCommand.class,
                    WaitCommand.class,
                    Decision.Approve.class,
                    Decision.Reject.class,
                    Decision.Pause.class,
                    Decision.Resume.class,
                    Decision.Promote.class,
                    Decision.RollBack.class,
                    RestoreCommand.class,
                    Replay.class,
                    LabCommand.class,
                    Backtest.class,
                    InitCommand.class,
                    ProfileCommand.class,
                    Provider.class,
                    Health.class,
                    GenerateCompletion.class);

    /// Those that may stand alone: the completion is one of all the others. Read when the class is loaded: a
    /// native executable has them from its build.
    private static final Map<String, Class<?>> BY_NAME =
            COMMANDS.stream()
                    .filter(command -> command != GenerateCompletion.class)
                    .collect(Collectors.toMap(Serin::name, Function.identity()));

    static final int FAILED = 1;
    static final int NO_DATABASE = 4;

    @Spec private CommandSpec spec = CommandSpec.create();

    Serin() {}

    /// Reads a command line and does what it says.
    ///
    /// @return the exit code
    public static int run(String... args) {
        return commandLine(args).execute(args);
    }

    /// Knows the one command that is called by its name; every command where none is, or where the others
    /// are asked for. To build all of them takes an eighth of a native start.
    static CommandLine commandLine(String... args) {
        var commandLine = named(args).map(Serin::alone).orElseGet(Serin::all);
        commandLine.setParameterExceptionHandler((wrong, _) -> refuse(wrong));
        commandLine.setExecutionExceptionHandler((failure, command, _) -> fail(failure, command));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        return commandLine;
    }

    private static CommandLine all() {
        var commandLine = new CommandLine(new Serin());
        COMMANDS.forEach(commandLine::addSubcommand);
        return commandLine;
    }

    /// Nothing but a name stands before it, so nothing is read of what the program takes itself.
    private static CommandLine alone(Class<?> command) {
        var ready = command == Serve.class ? Ready.SERVE.getAndSet(null) : null;
        return new CommandLine(CommandSpec.create().name("serin"))
                .addSubcommand(ready == null ? command : ready);
    }

    private static Optional<Class<?>> named(String... args) {
        return args.length == 0 ? Optional.empty() : Optional.ofNullable(BY_NAME.get(args[0]));
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    /// Only the name was typed: help is the answer, and a script is told that nothing was done.
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    private static int refuse(ParameterException wrong) {
        var command = wrong.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        say(command, "%s; %s --help shows what there is".formatted(Trouble.message(wrong), name));
        return FAILED;
    }

    private static int fail(Exception failure, CommandLine command) {
        var trouble = Trouble.of(failure);
        say(command, trouble.line());
        if (System.getenv("SERIN_TRACE") != null) {
            failure.printStackTrace(command.getErr());
        }
        return trouble.code();
    }

    private static void say(CommandLine command, String line) {
        PrintWriter out = command.getErr();
        out.println("serin: " + line);
        out.flush();
    }

    /// What a native executable has from its build: to read it from the class took a fifteenth of a start.
    private static final class Ready {

        /// For one command line only: it holds what was typed.
        static final AtomicReference<@Nullable CommandSpec> SERVE =
                new AtomicReference<>(CommandSpec.forAnnotatedObject(Serve.class));
    }
}
