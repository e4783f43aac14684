package dev.serin.server.demo;

import dev.serin.engine.plan.Plan;
import dev.serin.server.planfile.Known;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import dev.serin.simulator.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/// The plans that come along with the program, as files that a person could have written.
final class ShippedPlan {

    private ShippedPlan() {}

    /// The plan of a scenario.
    static Plan of(Scenario scenario) {
        return switch (PlanReader.read(source(scenario), Known.NOTHING)) {
            case PlanReading.Read read -> read.plan();
            case PlanReading.Refused(var errors) ->
                    throw new IllegalStateException(
                            errors.stream()
                                    .map(error -> scenario.planFile() + ":" + error.text())
                                    .collect(Collectors.joining("; ")));
            case PlanReading.TooLarge large ->
                    throw new IllegalStateException(scenario.planFile() + ": " + large.message());
        };
    }

    /// The document of a scenario's plan.
    static String source(Scenario scenario) {
        try (var document = ShippedPlan.class.getResourceAsStream("/" + scenario.planFile())) {
            if (document == null) {
                throw new IllegalStateException(scenario.planFile() + " did not come along");
            }
            return new String(document.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
