package dev.serin.server.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serin.engine.rollout.Signal;
import dev.serin.server.rollout.Command;
import dev.serin.server.rollout.RolloutJson;
import dev.serin.server.rollout.Rollouts;
import dev.serin.simulator.profile.Profiles;
import dev.serin.simulator.scenario.Scenario;
import dev.serin.simulator.scenario.Scenarios;
import dev.serin.web.words.Numbers;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/// Plays the two scenarios through the gateway, approves the gate, and tells how they ended.
@ApplicationScoped
@Unremovable // The command line looks it up.
public class GatewayOnce {

    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final double BASELINE_FAILS = Profiles.GPT_3_5.errorRate();

    private static final String ROW = "  %-3s %-22s %-12s %9s %9s %10s %10s %9s   %s";

    private final Stage stage;
    private final Rollouts rollouts;
    private final GatewayTraffic traffic;

    GatewayOnce(Stage stage, Rollouts rollouts, GatewayTraffic traffic) {
        this.stage = stage;
        this.rollouts = rollouts;
        this.traffic = traffic;
    }

    /// Plays in real time, some minutes, and prints a table, or with `json` one document.
    ///
    /// @param err told what went wrong
    /// @return the exit code: 0 only if A was promoted, B rolled back by itself at its first share,
    ///     and no more calls failed than would have without any upgrade
    public int tell(boolean json, Terminal terminal, PrintStream err) throws InterruptedException {
        for (var scenario : GatewayPlan.SCENARIOS) {
            if (stage.play(scenario.name()) instanceof Stage.Played.Refused(var why)) {
                err.println("serin: " + why);
                return 1;
            }
        }
        var until = Instant.now().plus(LIMIT);
        var now = look();
        while (now.stream().anyMatch(it -> it.endedAt() == null) && Instant.now().isBefore(until)) {
            now.forEach(this::approve);
            Thread.sleep(LOOK);
            now = look();
        }
        for (var rollout : now) {
            GatewayTraffic.drain(traffic.tally(rollout.route()));
        }
        print(json, terminal, now);
        int wrong = 0;
        for (int i = 0; i < now.size(); i++) {
            var scenario = GatewayPlan.SCENARIOS.get(i);
            if (!asItMust(scenario, now.get(i))) {
                wrong = 1;
                err.println(
                        "serin: scenario %s must be %s, and was not"
                                .formatted(scenario.name(), scenario.expects()));
            }
            var tally = traffic.tally(now.get(i).route());
            if (tally.failed() > mostFailed(tally.asked())) {
                wrong = 1;
                err.println(
                        "serin: scenario %s: %d of %d calls failed for their callers; the baseline alone fails about %d"
                                .formatted(
                                        scenario.name(),
                                        tally.failed(),
                                        tally.asked(),
                                        Math.round(tally.asked() * BASELINE_FAILS)));
            }
        }
        return wrong;
    }

    private List<RolloutJson> look() {
        return GatewayPlan.SCENARIOS.stream()
                .map(scenario -> stage.newest(scenario).orElseThrow())
                .toList();
    }

    private void approve(RolloutJson rollout) {
        if (rollout.phase().equals("awaitingApproval")) {
            var yes = new Signal.Approve("Ada", "The numbers are good.", "", Set.of());
            // Refused or outdated, it is looked at again in a moment.
            var _ = rollouts.handle(Command.of(rollout.id(), rollout.version(), yes));
        }
    }

    private static boolean asItMust(Scenario scenario, RolloutJson rollout) {
        return scenario.equals(Scenarios.A)
                ? outcome(rollout).equals("promoted")
                : outcome(rollout).equals("breached")
                        && rollout.step().index() == firstShare(scenario);
    }

    private static int firstShare(Scenario scenario) {
        var steps = ShippedPlan.of(scenario).steps();
        return IntStream.range(0, steps.size())
                .filter(i -> steps.get(i).share().basisPoints() > 0)
                .findFirst()
                .orElseThrow();
    }

    /// What the baseline's own failures may come to: their mean and four standard deviations.
    private static double mostFailed(long asked) {
        double mean = asked * BASELINE_FAILS;
        return mean + 4 * Math.sqrt(mean);
    }

    private static String outcome(RolloutJson rollout) {
        var outcome = rollout.outcome();
        return outcome == null ? "undecided" : outcome.kind();
    }

    private static String reason(RolloutJson rollout) {
        var outcome = rollout.outcome();
        return outcome == null ? "It did not end in time." : outcome.reason();
    }

    private static long seconds(RolloutJson rollout) {
        var ended = rollout.endedAt();
        return Duration.between(rollout.startedAt(), ended == null ? Instant.now() : ended)
                .toSeconds();
    }

    private void print(boolean json, Terminal terminal, List<RolloutJson> ended) {
        if (json) {
            terminal.out().println(document(ended));
            return;
        }
        terminal.line(
                terminal.faint(
                        ROW.formatted(
                                "",
                                "scenario",
                                "ended",
                                "took",
                                "calls",
                                "candidate",
                                "replaced",
                                "failed",
                                "why")));
        for (var line : lines(ended)) {
            terminal.line(line);
        }
        terminal.line("");
        terminal.line(
                "Calls as their callers saw them: answered by the candidate, by the baseline in its place, or not at all.");
    }

    private List<String> lines(List<RolloutJson> ended) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < ended.size(); i++) {
            var scenario = GatewayPlan.SCENARIOS.get(i);
            var rollout = ended.get(i);
            var tally = traffic.tally(rollout.route());
            lines.add(
                    String.format(
                            Locale.ROOT,
                            ROW,
                            scenario.name(),
                            scenario.title(),
                            outcome(rollout),
                            PlayedTable.words(Duration.ofSeconds(seconds(rollout))),
                            Numbers.count(tally.asked()),
                            Numbers.count(tally.byCandidate()),
                            Numbers.count(tally.replaced()),
                            Numbers.count(tally.failed()),
                            reason(rollout)));
        }
        return lines;
    }

    private String document(List<RolloutJson> ended) {
        var node = JsonNodeFactory.instance.objectNode();
        var scenarios = node.putArray("scenarios");
        for (int i = 0; i < ended.size(); i++) {
            var rollout = ended.get(i);
            var tally = traffic.tally(rollout.route());
            scenarios
                    .addObject()
                    .put("name", GatewayPlan.SCENARIOS.get(i).name())
                    .put("rollout", rollout.id().toString())
                    .put("outcome", outcome(rollout))
                    .put("reason", reason(rollout))
                    .put("seconds", seconds(rollout))
                    .put("calls", tally.asked())
                    .put("answeredByCandidate", tally.byCandidate())
                    .put("answeredInItsPlace", tally.replaced())
                    .put("failed", tally.failed());
        }
        return node.toPrettyString();
    }
}
