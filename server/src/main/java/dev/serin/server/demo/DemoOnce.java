package dev.serin.server.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serin.simulator.play.Played;
import dev.serin.simulator.scenario.Scenario;
import dev.serin.simulator.scenario.Scenarios;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Plays the three scenarios in virtual time, without a server and without a database.
public final class DemoOnce {

    /// Virtual time begins here, so that a seed gives the same output on any day.
    private static final Instant START = Instant.parse("2026-01-01T09:00:00Z");

    private static final int AS_THEY_MUST = 0;
    private static final int OTHERWISE = 1;

    private final long seed;
    private final List<Ended> ended = new ArrayList<>();

    private record Ended(Scenario scenario, Played played) {

        boolean asItMust() {
            return scenario.holds().test(played);
        }
    }

    public DemoOnce(long seed) {
        this.seed = seed;
        Scenarios.ALL.forEach(scenario ->
                ended.add(
                        new Ended(scenario, scenario.play(ShippedPlan.of(scenario), START, seed))));
    }

    /// Prints the tables, or with `json` one document on `out`, and what went wrong on `err`.
    ///
    /// @return the exit code: 0 only if each scenario ended as it must
    public int tell(boolean json, Terminal terminal, PrintStream err) {
        if (json) {
            terminal.out().println(document());
        } else {
            ended.forEach(it ->
                    new PlayedTable(terminal)
                            .print(
                                    "%s  %s".formatted(it.scenario().name(), it.scenario().title()),
                                    it.played()));
        }
        var wrong = ended.stream().filter(it -> !it.asItMust()).toList();
        wrong.forEach(it ->
                err.println(
                        "serin: scenario %s must be %s, and was not (seed %d)"
                                .formatted(it.scenario().name(), it.scenario().expects(), seed)));
        if (wrong.isEmpty() && !json) {
            terminal.line("All three ended as they must (seed %d, virtual time).".formatted(seed));
        }
        return wrong.isEmpty() ? AS_THEY_MUST : OTHERWISE;
    }

    private String document() {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("seed", seed);
        var scenarios = node.putArray("scenarios");
        ended.forEach(it -> scenarios.add(PlayedJson.of(it.scenario().name(), it.played())));
        return node.toPrettyString();
    }
}
