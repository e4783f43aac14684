package dev.serin.simulator.scenario;

import dev.serin.engine.judge.Finding.Breached;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.rollout.Outcome;
import dev.serin.simulator.play.Played;
import dev.serin.simulator.profile.Profiles;
import java.util.List;

/// The original's two scenarios, and a third.
public final class Scenarios {

    public static final Scenario A =
            new Scenario(
                    "A",
                    "A good GPT-4",
                    "GPT-3.5 to a good GPT-4: every step is met, a person approves the gate after"
                            + " 50 %.",
                    "plans/model-upgrade.yaml",
                    Profiles.GPT_3_5,
                    Profiles.GPT_4_GOOD,
                    "promoted",
                    Scenarios::isPromoted);

    public static final Scenario B =
            new Scenario(
                    "B",
                    "A bad GPT-4",
                    "GPT-3.5 to a slow and dear GPT-4: Serin rolls it back at its first step.",
                    "plans/bad-upgrade.yaml",
                    Profiles.GPT_3_5,
                    Profiles.GPT_4_BAD,
                    "rolled back at 5 %",
                    Scenarios::isRolledBackAtFirstShare);

    public static final Scenario C =
            new Scenario(
                    "C",
                    "An agent's version 2",
                    "Version 2 makes up more than version 1; it takes some minutes until that is"
                            + " sure.",
                    "plans/agent-upgrade.yaml",
                    Profiles.AGENT_V1,
                    Profiles.AGENT_V2,
                    "rolled back on hallucinations",
                    Scenarios::isRolledBackOnHallucinations);

    public static final List<Scenario> ALL = List.of(A, B, C);

    private Scenarios() {}

    private static boolean isPromoted(Played played) {
        return endedAs(Outcome.Kind.PROMOTED, played);
    }

    private static boolean isRolledBackAtFirstShare(Played played) {
        var last = played.steps().getLast();
        return endedAs(Outcome.Kind.BREACHED, played) && last.share().basisPoints() == 500;
    }

    private static boolean isRolledBackOnHallucinations(Played played) {
        return endedAs(Outcome.Kind.BREACHED, played)
                && played.entries().getLast().findings().stream()
                        .filter(Breached.class::isInstance)
                        .anyMatch(found ->
                                found.condition().metric().equals(Metric.HALLUCINATION_RATE));
    }

    private static boolean endedAs(Outcome.Kind kind, Played played) {
        return played.rollout().outcome().filter(outcome -> outcome.kind() == kind).isPresent();
    }
}
