package dev.serin.server.demo;

import dev.serin.engine.plan.Share;
import dev.serin.server.evidence.Observations;
import dev.serin.server.evidence.Seen;
import dev.serin.server.rollout.RolloutReads;
import dev.serin.server.rollout.Serving;
import dev.serin.server.route.RouteTable;
import dev.serin.simulator.profile.ModelProfile;
import dev.serin.simulator.traffic.Arrivals;
import dev.serin.simulator.traffic.SimulatedCall;
import dev.serin.simulator.traffic.Traffic;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Makes the demo's calls: as long as a simulated rollout is active on one of its routes, calls begin
/// there, are split as any caller's are, and are posted as observations when they end.
///
/// It keeps nothing: after a restart it finds the active rollouts in the route table and goes on.
@ApplicationScoped
class LiveTraffic {

    private static final Logger LOG = Logger.getLogger(LiveTraffic.class);

    private static final Duration BEAT = Duration.ofMillis(100);

    /// Calls that a stall of this length would have brought were never made.
    private static final Duration STALL = Duration.ofSeconds(5);

    private final RouteTable routes;
    private final RolloutReads reads;
    private final Observations observations;
    private final InstantSource clock;
    private final long seed;
    private final Map<String, OneRoute> onRoutes = new HashMap<>();
    private volatile @Nullable Thread thread;

    LiveTraffic(
            RouteTable routes,
            RolloutReads reads,
            Observations observations,
            InstantSource clock,
            DemoConfig config) {
        this.routes = routes;
        this.reads = reads;
        this.observations = observations;
        this.clock = clock;
        this.seed = config.seed();
    }

    /// Who calls a route, and who answers.
    record Cast(
            String route, ModelProfile baseline, ModelProfile candidate, double callsPerSecond) {}

    /// A rollout's calls so far.
    ///
    /// @param simulated whether they may be made up at all
    private record OneRoute(UUID rollout, boolean simulated, Traffic traffic, Instant until) {

        OneRoute at(Instant now) {
            return new OneRoute(rollout, simulated, traffic, now);
        }
    }

    /// Begins to make calls on these routes, until [#stop()].
    void begin(List<Cast> casts) {
        thread = Thread.ofVirtual().name("demo traffic").start(() -> run(casts));
    }

    void stop() {
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    private void run(List<Cast> casts) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                var now = clock.instant();
                casts.forEach(cast -> beat(cast, now));
                Thread.sleep(BEAT);
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                LOG.debugf("no calls were made: %s; tried again in a moment", e);
                if (!rest()) {
                    return;
                }
            }
        }
    }

    private static boolean rest() {
        try {
            Thread.sleep(Duration.ofSeconds(1));
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }

    /// Begins the calls of one route up to `now`, and posts those that have ended.
    void beat(Cast cast, Instant now) {
        var split = routes.of(cast.route()).map(Serving::split).orElse(null);
        if (split == null) {
            onRoutes.remove(cast.route());
            return;
        }
        var before = onRoutes.get(cast.route());
        boolean goesOn =
                before != null
                        && before.rollout().equals(split.rollout())
                        && now.isBefore(before.until().plus(STALL));
        var here = goesOn && before != null ? before : begin(cast, split, now);
        onRoutes.put(cast.route(), here.at(now));
        if (here.simulated()) {
            var inForce = new Traffic.InForce(split.step(), split.share(), Share.NONE);
            post(split.rollout(), here.traffic().until(now, inForce));
        }
    }

    private OneRoute begin(Cast cast, Serving.Split split, Instant now) {
        var traffic =
                Traffic.between(
                        cast.baseline(),
                        cast.candidate(),
                        split.arms(),
                        Arrivals.steady(cast.callsPerSecond()),
                        now,
                        seed + split.version());
        return new OneRoute(split.rollout(), reads.one(split.rollout()).simulated(), traffic, now);
    }

    private void post(UUID rollout, List<SimulatedCall> calls) {
        if (calls.isEmpty()) {
            return;
        }
        var seen =
                calls.stream()
                        .map(call ->
                                new Seen(
                                        null,
                                        call.arm(),
                                        call.began(),
                                        call.step(),
                                        call.key(),
                                        null,
                                        /* assigned= */ true,
                                        call.call()))
                        .toList();
        var _ =
                observations
                        .record(rollout, seen)
                        .exceptionally(e -> {
                            LOG.debugf("%d calls were not stored: %s", seen.size(), e);
                            return null;
                        });
    }
}
