package dev.serin.server.demo;

import dev.serin.server.rollout.RolloutJson;
import dev.serin.simulator.scenario.Scenario;
import dev.serin.simulator.scenario.Scenarios;
import dev.serin.web.rollouts.RolloutsView;
import dev.serin.web.words.Tone;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// The demo's scenarios as the list of rollouts shows them.
@ApplicationScoped
class Panel implements Supplier<Optional<RolloutsView.DemoPanel>> {

    private final Stage stage;
    private final Demo demo;
    private final Chaos chaos;

    Panel(Stage stage, Demo demo, Chaos chaos) {
        this.stage = stage;
        this.demo = demo;
        this.chaos = chaos;
    }

    /// What there is to play; empty outside the demo.
    @Override
    public Optional<RolloutsView.DemoPanel> get() {
        if (!demo.isOn()) {
            return Optional.empty();
        }
        if (chaos.isOn()) {
            return Optional.of(
                    new RolloutsView.DemoPanel(
                            /* canPlayBoth= */ false, List.of(), ChaosViews.of(chaos)));
        }
        var newest = new LinkedHashMap<Scenario, Optional<RolloutJson>>();
        stage.scenarios().forEach(scenario -> newest.put(scenario, stage.newest(scenario)));
        boolean canPlayBoth =
                !stage.isSecondComing()
                        && newest.getOrDefault(Scenarios.A, Optional.empty()).isEmpty()
                        && newest.getOrDefault(Scenarios.B, Optional.empty()).isEmpty();
        return Optional.of(
                new RolloutsView.DemoPanel(
                        canPlayBoth,
                        newest.entrySet().stream()
                                .map(it -> view(it.getKey(), it.getValue()))
                                .toList()));
    }

    private RolloutsView.Scenario view(Scenario scenario, Optional<RolloutJson> newest) {
        return new RolloutsView.Scenario(
                scenario.name(),
                scenario.title(),
                scenario.shows(),
                newest.map(Panel::tone).orElse(Tone.QUIET),
                newest.map(Panel::state).orElse("Not played yet"),
                newest.map(rollout -> rollout.id().toString()).orElse(null),
                stage.canPlay(scenario, newest),
                newest.isPresent() ? "Play again" : "Play");
    }

    private static String state(RolloutJson rollout) {
        var ended = rollout.endedAt();
        if (ended == null) {
            return switch (rollout.phase()) {
                case "awaitingApproval" -> "Gate open at " + percent(rollout);
                case "paused" -> "Paused at " + percent(rollout);
                default -> rollout.share() == 0 ? "The baseline alone" : "At " + percent(rollout);
            };
        }
        var word = rollout.phase().equals("complete") ? "Promoted in " : "Rolled back in ";
        return word + PlayedTable.words(took(rollout.startedAt(), ended));
    }

    private static Duration took(Instant from, Instant to) {
        return Duration.ofSeconds(Duration.between(from, to).toSeconds());
    }

    private static Tone tone(RolloutJson rollout) {
        return switch (rollout.phase()) {
            case "complete" -> Tone.MET;
            case "rolledBack" -> Tone.BREACHED;
            case "awaitingApproval" -> Tone.WAITING;
            case "paused" -> Tone.PAUSED;
            default -> Tone.MOVING;
        };
    }

    private static String percent(RolloutJson rollout) {
        return String.format(Locale.ROOT, "%.3g %%", rollout.share() * 100)
                .replaceFirst("\\.?0+ %", " %");
    }
}
