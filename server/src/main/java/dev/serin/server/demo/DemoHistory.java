package dev.serin.server.demo;

import dev.serin.server.rollout.PastRuns;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The upgrades of the last weeks, played in virtual time at the demo's first start and kept.
///
/// The one that waits at its gate is there when the server is up; the others follow one by one, the
/// newest first. Each has an id of its own for ever, so a start that was cut short goes on.
@ApplicationScoped
class DemoHistory {

    private static final Logger LOG = Logger.getLogger(DemoHistory.class);

    private static final long SEED = 20_000;

    private final PastRuns runs;
    private final InstantSource clock;
    private volatile @Nullable Thread thread;

    DemoHistory(PastRuns runs, InstantSource clock) {
        this.runs = runs;
        this.clock = clock;
    }

    /// Fills what is missing, most of it in the background.
    void fill() {
        var upgrades = PastUpgrades.all();
        fill(upgrades, upgrades.size() - 1);
        // Playing is work for a processor: a virtual thread would keep others from one.
        thread = Thread.ofPlatform().daemon().name("demo history").start(() -> fillAll(upgrades));
    }

    void stop() {
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    private void fillAll(List<PastUpgrade> upgrades) {
        try {
            for (int i = upgrades.size() - 1; i >= 0 && !Thread.interrupted(); i--) {
                fill(upgrades, i);
            }
        } catch (RuntimeException e) {
            LOG.infof("the demo's history is not complete: %s; the next start goes on", e);
        }
    }

    private void fill(List<PastUpgrade> upgrades, int index) {
        var id =
                UUID.nameUUIDFromBytes(
                        "demo history %d".formatted(index).getBytes(StandardCharsets.UTF_8));
        if (!runs.holds(id)) {
            runs.keep(id, upgrades.get(index).play(clock.instant(), SEED + index));
        }
    }
}
