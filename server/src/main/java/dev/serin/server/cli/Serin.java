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
        var commandLine = new CommandLine(new Serin());
        commands(args).forEach(commandLine::addSubcommand);
        commandLine.setParameterExceptionHandler((wrong, _) -> refuse(wrong));
        commandLine.setExecutionExceptionHandler((failure, command, _) -> fail(failure, command));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        return commandLine;
    }

    private static List<Class<?>> commands(String... args) {
        var name = args.length == 0 ? "" : args[0];
        return COMMANDS.stream()
                .filter(command ->
                        command != GenerateCompletion.class && name(command).equals(name))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(COMMANDS);
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
}
