package dev.serin.server.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows what is under way.
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows the rollouts that are under way, or one with its findings.")
public final class StatusCommand implements Callable<Integer> {

    private static final List<String> ACTIVE =
            List.of("awaitingApproval", "paused", "observing", "waiting");

    @Parameters(
            paramLabel = "ID",
            arity = "0..1",
            converter = IdText.class,
            description = "the rollout's id")
    private @Nullable UUID id;

    @Option(names = "--watch", description = "go on until the rollout has ended; needs its ID")
    private boolean watch;

    @Option(names = "--json", description = "one JSON document on standard output")
    private boolean json;

    @Mixin private ServerOptions options = new ServerOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    StatusCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        var server = options.server();
        var out = spec.commandLine().getOut();
        if (id == null) {
            if (watch) {
                throw new ParameterException(
                        spec.commandLine(), "--watch: name the rollout that is to be watched");
            }
            all(server, out);
            return 0;
        }
        if (watch) {
            var err = spec.commandLine().getErr();
            var watcher = new Watcher(json ? err : out, !json && Watcher.isPerson());
            one(new Waiting(server, id, watcher).until(ShownRollout::isOver, null).rollout(), out);
        } else {
            one(server.rollout(id), out);
        }
        return 0;
    }

    private void one(ShownRollout rollout, PrintWriter out) {
        if (json) {
            out.println(rollout.json());
            return;
        }
        out.println(rollout.line());
        out.println("  %s → %s".formatted(rollout.baseline(), rollout.candidate()));
        for (var finding : rollout.json().path("findings")) {
            out.println(
                    "  %-8s  %s"
                            .formatted(
                                    finding.path("finding").asText(),
                                    finding.path("sentence").asText()));
        }
        out.println("  id %s, version %d".formatted(rollout.id(), rollout.version()));
    }

    private void all(RemoteServer server, PrintWriter out) {
        var found = new ArrayList<ShownRollout>();
        for (var phase : ACTIVE) {
            for (JsonNode rollout :
                    server.good(server.get("/api/v1/rollouts?limit=200&phase=" + phase))) {
                found.add(new ShownRollout(rollout));
            }
        }
        if (json) {
            var list = RemoteServer.JSON.createArrayNode();
            found.forEach(rollout -> list.add(rollout.json()));
            out.println(list);
        } else if (found.isEmpty()) {
            out.println("Nothing is under way.");
        } else {
            var rows = new ArrayList<List<String>>();
            rows.add(List.of("ID", "ROUTE", "PHASE", "STEP", "SHARE", "CANDIDATE"));
            found.forEach(rollout -> rows.add(row(rollout)));
            print(rows, out);
        }
    }

    private static List<String> row(ShownRollout rollout) {
        return List.of(
                rollout.id().toString(),
                rollout.route(),
                rollout.phaseInWords() + (rollout.isFrozen() ? ", frozen" : ""),
                rollout.stepName(),
                rollout.share(),
                rollout.candidate());
    }

    private static void print(List<List<String>> rows, PrintWriter out) {
        for (var row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
                line.append(row.get(i)).repeat(' ', width - row.get(i).length() + 2);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
