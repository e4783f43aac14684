package dev.serin.server.cli;

import dev.serin.server.backtest.Backtests;
import dev.serin.server.demo.Terminal;
import dev.serin.server.planfile.PlanDocument;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import dev.serin.server.problem.WrongUse;
import dev.serin.server.rollout.NoSuchRollout;
import jakarta.enterprise.inject.spi.CDI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Judges a stored run under another plan.
@Command(
        name = "backtest",
        mixinStandardHelpOptions = true,
        description = {
            "Judges a stored run under another plan: when it would have stopped, how many fewer",
            "would have met the candidate, and what the run cannot tell. Nothing is started."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:both are printed side by side", "1:the run or the plan cannot be read"})
final class Backtest implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "RUN", description = "the run's id")
    private String run = "";

    @Parameters(index = "1", paramLabel = "PLAN", description = "the other plan, YAML or JSON")
    private Path plan = Path.of("");

    @Option(names = "--json", description = "one JSON document on standard output")
    private boolean json;

    @Mixin private DatabaseOptions database = new DatabaseOptions();

    @Override
    public Integer call() throws Exception {
        var id = id();
        var other = other();
        var settings = new HashMap<>(database.settings());
        settings.put("quarkus.log.level", "WARN");
        // It listens for changes until it ends, and its pool remarks on that.
        settings.put("quarkus.log.category.\"io.agroal.pool\".level", "ERROR");
        // What it began and nobody waits for is cut off when it ends.
        settings.put("quarkus.log.category.\"com.arjuna\".level", "ERROR");
        return Boot.job(settings, () -> judge(id, other));
    }

    private UUID id() {
        try {
            return UUID.fromString(run.strip());
        } catch (IllegalArgumentException _) {
            throw new WrongUse(
                    "RUN is the id of a run, such as 4df1046a-8082-4634-9ba3-9969bc55085b, got "
                            + run);
        }
    }

    private int judge(UUID id, PlanReading.Read other) {
        try {
            var answer = CDI.current().select(Backtests.class).get().answer(id, other.plan());
            if (json) {
                System.out.println(answer.json());
            } else {
                answer.print(Terminal.standard());
            }
            return 0;
        } catch (NoSuchRollout e) {
            System.err.println(
                    "serin: %s; GET /api/v1/rollouts lists what there is"
                            .formatted(e.getMessage()));
            return Serin.FAILED;
        }
    }

    private PlanReading.Read other() {
        return switch (PlanReader.readAlone(PlanDocument.read(plan))) {
            case PlanReading.Read read -> read;
            case PlanReading.Refused(var errors) ->
                    throw new WrongUse(
                            "%s:%s%s"
                                    .formatted(
                                            plan,
                                            errors.getFirst().text(),
                                            errors.size() == 1
                                                    ? ""
                                                    : " (and %d more)"
                                                            .formatted(errors.size() - 1)));
            case PlanReading.TooLarge large -> throw new WrongUse(plan + ": " + large.message());
        };
    }
}
