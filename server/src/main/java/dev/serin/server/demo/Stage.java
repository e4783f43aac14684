package dev.serin.server.demo;

import dev.serin.server.access.Scope;
import dev.serin.server.planfile.Known;
import dev.serin.server.planfile.PlanFile;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import dev.serin.server.rollout.Begun;
import dev.serin.server.rollout.RolloutJson;
import dev.serin.server.rollout.RolloutReads;
import dev.serin.server.rollout.Rollouts;
import dev.serin.server.rollout.Routes;
import dev.serin.server.rollout.Start;
import dev.serin.server.rollout.Undo;
import dev.serin.simulator.scenario.Scenario;
import dev.serin.simulator.scenario.Scenarios;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/// Where the scenarios play live, each on a route of its own.
@ApplicationScoped
class Stage {

    private static final Logger LOG = Logger.getLogger(Stage.class);

    private static final String BY = "demo";

    /// A begins; so long after it B does, to break before the viewer's eyes.
    private static final Duration B_AFTER_A = Duration.ofSeconds(10);

    private static final int NEWEST = 5;

    private final Rollouts rollouts;
    private final RolloutReads reads;
    private final Routes routes;
    private final DemoConfig config;
    private final AtomicBoolean secondIsComing = new AtomicBoolean();

    Stage(Rollouts rollouts, RolloutReads reads, Routes routes, DemoConfig config) {
        this.rollouts = rollouts;
        this.reads = reads;
        this.routes = routes;
        this.config = config;
    }

    /// What became of a wish to play.
    sealed interface Played {
        record Started() implements Played {}

        /// It did not begin.
        ///
        /// @param why in a sentence
        record Refused(String why) implements Played {}
    }

    /// What there is to play.
    List<Scenario> scenarios() {
        return config.gateway() ? GatewayPlan.SCENARIOS : Scenarios.ALL;
    }

    /// The routes that they play on.
    List<String> routes() {
        return scenarios().stream().map(scenario -> ShippedPlan.of(scenario).route()).toList();
    }

    /// The newest rollout of a scenario that is no way back; empty if it was never played.
    Optional<RolloutJson> newest(Scenario scenario) {
        var route = ShippedPlan.of(scenario).route();
        return reads
                .list(
                        new RolloutReads.Which(
                                route, null, null, null, null, NEWEST, Scope.EVERYWHERE))
                .stream()
                .filter(rollout -> rollout.linkedTo() == null)
                .findFirst();
    }

    /// Whether it may begin: before the first time, and once its newest rollout has ended.
    boolean canPlay(Scenario scenario, Optional<RolloutJson> newest) {
        boolean coming = scenario.equals(Scenarios.B) && isSecondComing();
        return !coming && newest.map(it -> it.endedAt() != null).orElse(true);
    }

    /// Whether B is about to begin, since A did.
    boolean isSecondComing() {
        return secondIsComing.get();
    }

    /// Whether A and B were never played, so that both may begin.
    boolean canPlayBoth() {
        return !isSecondComing() && newest(Scenarios.A).isEmpty() && newest(Scenarios.B).isEmpty();
    }

    /// Starts A now and B ten seconds later.
    Played playBoth() {
        if (!secondIsComing.compareAndSet(false, true)) {
            return new Played.Refused("A plays already, and B is about to.");
        }
        var first = play(Scenarios.A);
        Thread.ofVirtual().name("demo B").start(this::playSecond);
        return first;
    }

    Played play(String name) {
        return scenarios().stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .map(this::play)
                .orElseGet(() -> new Played.Refused("There is no scenario " + name + "."));
    }

    private void playSecond() {
        try {
            Thread.sleep(B_AFTER_A);
            if (play(Scenarios.B) instanceof Played.Refused(var why)) {
                LOG.infof("scenario B did not begin: %s", why);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            secondIsComing.set(false);
        }
    }

    private Played play(Scenario scenario) {
        var source = config.gateway() ? GatewayPlan.source(scenario) : ShippedPlan.source(scenario);
        var file = file(scenario, source);
        var plan = file.plan();
        var before = routes.promoter(plan.route(), plan.candidate());
        if (before.isPresent()) {
            var why = "Put back to play the scenario again.";
            var _ = rollouts.restore(Undo.of(plan.route(), before.get(), BY, why));
        }
        boolean simulated = !config.gateway();
        var start = Start.granted(file, source, Start.Format.YAML, BY, simulated, null);
        return switch (rollouts.start(start)) {
            case Begun.Started _ -> new Played.Started();
            case Begun.RouteBusy _ ->
                    new Played.Refused("%s plays already.".formatted(scenario.title()));
            case Begun.OfOtherTeam other -> new Played.Refused(other.why());
            case Begun.OtherBaseline(var model) ->
                    new Played.Refused(
                            "%s begins at %s, and %s serves now."
                                    .formatted(scenario.title(), plan.baseline(), model));
        };
    }

    private static PlanFile file(Scenario scenario, String source) {
        return switch (PlanReader.read(source, Known.NOTHING)) {
            case PlanReading.Read read -> read.file();
            case PlanReading.Refused _, PlanReading.TooLarge _ ->
                    throw new IllegalStateException(scenario.planFile() + " is no plan");
        };
    }

    /// Who calls the routes of the demo: the scenarios' own, and the one that waits at its gate.
    List<LiveTraffic.Cast> casts() {
        var casts = new ArrayList<LiveTraffic.Cast>();
        for (var scenario : Scenarios.ALL) {
            casts.add(
                    new LiveTraffic.Cast(
                            ShippedPlan.of(scenario).route(),
                            scenario.baseline(),
                            scenario.candidate(),
                            Scenario.CALLS_PER_SECOND));
        }
        casts.add(
                new LiveTraffic.Cast(
                        PastUpgrades.WAITING_ROUTE,
                        PastUpgrades.WAITING_BASELINE,
                        PastUpgrades.WAITING_CANDIDATE,
                        PastUpgrade.CALLS_PER_SECOND));
        return casts;
    }
}
