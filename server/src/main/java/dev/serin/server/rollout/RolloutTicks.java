package dev.serin.server.rollout;

import dev.serin.server.Beating;
import dev.serin.server.SerinConfig;
import dev.serin.server.freeze.FreezeChanged;
import dev.serin.server.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/// Sends every rollout that is due a tick, each in a transaction of its own.
@ApplicationScoped
public class RolloutTicks implements Beating {

    private static final Logger LOG = Logger.getLogger(RolloutTicks.class);

    /// A round that takes longer leaves the rest to the next one, and to other replicas.
    private static final Duration ROUND = Duration.ofSeconds(5);

    private final Rollouts rollouts;
    private final InstantSource clock;
    private final SerinConfig config;
    private final PhaseCounts phases;
    private final AtomicLong finished = new AtomicLong(System.nanoTime());

    /// Those that have had a turn since all others had one.
    private final Set<UUID> served = new HashSet<>();

    private volatile boolean stopping;

    RolloutTicks(
            Rollouts rollouts,
            InstantSource clock,
            SerinConfig config,
            PhaseCounts phases,
            MeterRegistry meters) {
        this.rollouts = rollouts;
        this.clock = clock;
        this.config = config;
        this.phases = phases;
        meters.gauge("serin.ticks.lag.seconds", this, ticks -> ticks.lag().toMillis() / 1e3);
    }

    /// Whatever a freeze was set or ended for is looked at again, in the transaction that does it.
    void freezeChanged(@Observes FreezeChanged freeze) {
        Due.all(freeze);
    }

    /// The database goes next: what fails from now on is nobody's to look at.
    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    @Override
    public void beat() {
        tickAll();
    }

    public void tickAll() {
        tickAll(ROUND);
    }

    /// @param round after so long the rest is left to the next round
    void tickAll(Duration round) {
        var seen = new HashSet<UUID>();
        long began = System.nanoTime();
        try {
            for (var due = due(); !stopping && seen.addAll(due); due = more(due)) {
                if (!served.addAll(due)) {
                    // Who has waited longest comes first: where all of these were served, all were.
                    allServed();
                    served.addAll(due);
                }
                tickEach(due);
                if (System.nanoTime() - began > round.toNanos()) {
                    phases.count();
                    return;
                }
            }
            allServed();
            phases.count();
        } catch (RuntimeException e) {
            if (stopping) {
                return;
            }
            LOG.warnf("no rollout could be looked at: %s; the next tick tries again", e);
        }
    }

    private void allServed() {
        served.clear();
        finished.set(System.nanoTime());
    }

    /// How long ago all that was due had last had its turn, in one round or in several.
    public Duration lag() {
        return Duration.ofNanos(System.nanoTime() - finished.get());
    }

    private List<UUID> due() {
        return QuarkusTransaction.requiringNew()
                .call(() -> Due.at(clock.instant(), config.tick().batch()));
    }

    /// What is due beside those: nothing that could not wait for the next beat, unless there was no place
    /// for it.
    private List<UUID> more(List<UUID> due) {
        return due.size() < config.tick().batch() ? List.of() : due();
    }

    /// Several at the same time: most of a decision is waiting for the database. Ends when all are done.
    private void tickEach(List<UUID> due) {
        var waiting = new ConcurrentLinkedQueue<>(due);
        Runnable judge =
                () -> {
                    for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                        tick(next);
                    }
                };
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 1; i < Math.min(config.tick().atOnce(), due.size()); i++) {
                others.execute(judge);
            }
            judge.run();
        }
    }

    // One broken rollout must not keep the others from being judged.
    private void tick(UUID rollout) {
        try {
            rollouts.tick(rollout);
        } catch (RuntimeException e) {
            if (stopping) {
                return;
            }
            if (ProblemException.isDatabaseAway(e)) {
                LOG.warnf("rollout %s was not judged: %s; the next tick tries again", rollout, e);
                return;
            }
            LOG.errorf(
                    e,
                    "rollout %s was not judged and stays where it is; tried again in %s",
                    rollout,
                    config.tick().afterError());
            rest(rollout);
        }
    }

    private void rest(UUID rollout) {
        try {
            QuarkusTransaction.requiringNew()
                    .run(() ->
                            Due.trouble(
                                    rollout,
                                    "Serin could not judge it; its log says why",
                                    clock.instant(),
                                    config.tick().afterError()));
        } catch (RuntimeException e) {
            LOG.warnf("rollout %s could not be marked as troubled: %s", rollout, e);
        }
    }
}
