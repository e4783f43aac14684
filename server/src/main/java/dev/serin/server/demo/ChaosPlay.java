package dev.serin.server.demo;

import dev.serin.engine.rollout.Signal;
import dev.serin.server.access.Scope;
import dev.serin.server.planfile.Known;
import dev.serin.server.planfile.PlanFile;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import dev.serin.server.rollout.Begun;
import dev.serin.server.rollout.Command;
import dev.serin.server.rollout.RolloutJson;
import dev.serin.server.rollout.RolloutReads;
import dev.serin.server.rollout.Rollouts;
import dev.serin.server.rollout.Routes;
import dev.serin.server.rollout.Start;
import dev.serin.server.rollout.Undo;
import dev.serin.server.route.RouteBurn;
import dev.serin.simulator.provider.Fault;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Plays one fault's turn.
///
/// The candidate answers well at first; then the fault begins, and stays until Serin has decided and
/// the callers were served a while longer. When it is over the same upgrade is tried again, and the
/// error budget recovers.
@ApplicationScoped
class ChaosPlay {

    /// Answers of the candidate to users before the fault, so that all is well.
    private static final int WELL = 30;

    /// The fault stays so long at least.
    private static final Duration STAYS = Duration.ofSeconds(6);

    /// The first try cannot end by itself before its fault begins, however slow the machine.
    private static final Duration FIRST_HALF = Duration.ofMinutes(10);

    /// Long enough that the objective's window fills with good calls.
    private static final Duration SECOND_HALF = Duration.ofSeconds(15);

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int LOOKS_PER_READ = 25;
    private static final int NEWEST = 5;

    private static final String BY = "chaos";
    private static final String NOT_IN_TIME = "It did not end by itself in time.";

    private final Rollouts rollouts;
    private final RolloutReads reads;
    private final Routes routes;
    private final RouteBurn burn;
    private final GatewayTraffic traffic;

    ChaosPlay(
            Rollouts rollouts,
            RolloutReads reads,
            Routes routes,
            RouteBurn burn,
            GatewayTraffic traffic) {
        this.rollouts = rollouts;
        this.reads = reads;
        this.routes = routes;
        this.burn = burn;
        this.traffic = traffic;
    }

    /// Plays it to its end, within a minute or so.
    ///
    /// @param provider lets a fault befall the candidate's provider, or ends it
    void play(ChaosScene scene, Consumer<@Nullable Fault> provider) throws InterruptedException {
        var route = scene.each().route();
        endLeftOver(route);
        scene.begins(traffic.afresh(route));
        traffic.call(route);
        try {
            if (!strike(scene, provider)) {
                return;
            }
            tryAgain(scene);
        } finally {
            provider.accept(null);
            traffic.leave(route);
        }
        GatewayTraffic.drain(scene.turn().before());
        GatewayTraffic.drain(scene.turn().met());
        GatewayTraffic.drain(scene.turn().after());
    }

    /// @return whether the fault began at all
    private boolean strike(ChaosScene scene, Consumer<@Nullable Fault> provider)
            throws InterruptedException {
        var route = scene.each().route();
        var first = start(scene.each(), FIRST_HALF);
        var well = scene.turn().before();
        await(
                scene,
                () -> {
                    var seen = look(first);
                    scene.upgrade(seen);
                    scene.burns(burn.of(route));
                    return well.byCandidate() >= WELL || !seen.isUnderWay();
                });
        if (well.byCandidate() < WELL) {
            end(first);
            scene.upgrade(look(first));
            return false;
        }
        scene.faultBegins(traffic.afresh(route));
        provider.accept(scene.each().fault());
        for (int i = 0; isOn(scene); i++) {
            var _ = scene.looksAtBreaker();
            if (i % LOOKS_PER_READ == 0) {
                scene.upgrade(look(first));
                scene.burns(burn.of(route));
            }
            scene.rest(LOOK);
        }
        end(first);
        scene.upgrade(look(first));
        provider.accept(null);
        scene.faultEnds(traffic.afresh(route));
        return true;
    }

    private static boolean isOn(ChaosScene scene) {
        var least = scene.turn().decided() == null ? LIMIT : STAYS;
        return scene.sinceFault().compareTo(least) < 0;
    }

    private void tryAgain(ChaosScene scene) throws InterruptedException {
        var route = scene.each().route();
        await(
                scene,
                () -> {
                    scene.burns(burn.of(route));
                    return !scene.looksAtBreaker();
                });
        var second = start(scene.each(), SECOND_HALF);
        await(
                scene,
                () -> {
                    var seen = look(second);
                    scene.again(seen);
                    double pace = burn.of(route);
                    scene.burns(pace);
                    return !seen.isUnderWay() && pace < 1;
                });
        end(second);
        scene.again(look(second));
    }

    private ChaosUpgrade look(UUID rollout) {
        return ChaosUpgrade.of(reads.one(rollout));
    }

    /// Rolls it back if it is still under way.
    private void end(UUID rollout) {
        end(reads.one(rollout), NOT_IN_TIME);
    }

    private void end(RolloutJson rollout, String why) {
        if (rollout.endedAt() == null) {
            var back = new Signal.RollBack(BY, why);
            var _ = rollouts.handle(Command.of(rollout.id(), rollout.version(), back));
        }
    }

    private void endLeftOver(String route) {
        reads
                .list(
                        new RolloutReads.Which(
                                route, null, null, null, null, NEWEST, Scope.EVERYWHERE))
                .stream()
                .forEach(left -> end(left, "It was left over from a demo that was stopped."));
    }

    private UUID start(ChaosCase each, Duration half) {
        var source = ChaosPlan.source(each, half);
        var file = file(source);
        var before = routes.promoter(each.route(), file.plan().candidate());
        if (before.isPresent()) {
            var why = "Put back to play again.";
            var _ = rollouts.restore(Undo.of(each.route(), before.get(), BY, why));
        }
        var start =
                Start.granted(file, source, Start.Format.YAML, BY, /* simulated= */ false, null);
        return switch (rollouts.start(start)) {
            case Begun.Started(var id) -> id;
            case Begun.RouteBusy _ ->
                    throw new IllegalStateException("another rollout is under way on its route");
            case Begun.OfOtherTeam other -> throw new IllegalStateException(other.why());
            case Begun.OtherBaseline(var model) ->
                    throw new IllegalStateException("its route is served by " + model);
        };
    }

    private static PlanFile file(String source) {
        return switch (PlanReader.read(source, Known.NOTHING)) {
            case PlanReading.Read read -> read.file();
            case PlanReading.Refused(var errors) ->
                    throw new IllegalStateException("the plan of the chaos: " + errors);
            case PlanReading.TooLarge large -> throw new IllegalStateException(large.message());
        };
    }

    /// Goes on after a limit all the same: what is missing then shows in what the turn came to.
    private static void await(ChaosScene scene, BooleanSupplier there) throws InterruptedException {
        var until = System.nanoTime() + LIMIT.toNanos();
        while (!there.getAsBoolean() && System.nanoTime() - until < 0) {
            scene.rest(LOOK.multipliedBy(LOOKS_PER_READ));
        }
    }
}
