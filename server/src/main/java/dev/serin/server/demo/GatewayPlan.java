package dev.serin.server.demo;

import dev.serin.simulator.scenario.Scenario;
import dev.serin.simulator.scenario.Scenarios;
import java.util.List;

/// The scenarios' own plans, with the stand-in provider's models and shorter steps: these are waited
/// for.
public final class GatewayPlan {

    /// What a provider of that name is asked for.
    public static final String PROVIDER = "standin";

    /// USD for a million tokens, so that an answer of 120 tokens costs about what the scenarios say:
    /// 0.002, 0.03 and 0.06.
    public static final String PRICES =
            "standin/gpt-3.5=0:16.7,standin/gpt-4-good=0:250,standin/gpt-4-bad=0:500";

    /// The original's two.
    public static final List<Scenario> SCENARIOS = List.of(Scenarios.A, Scenarios.B);

    private GatewayPlan() {}

    static String source(Scenario scenario) {
        return ShippedPlan.source(scenario)
                .replace("openai/gpt-3.5-turbo", model(scenario.baseline().name()))
                .replace("openai/gpt-4", model(scenario.candidate().name()))
                .replace("duration: 10s", "duration: 5s")
                .replace("duration: 30s", "duration: 10s");
    }

    private static String model(String name) {
        return PROVIDER + "/" + name;
    }
}
