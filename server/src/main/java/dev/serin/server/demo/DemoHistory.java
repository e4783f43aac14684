package dev.serin.server.demo;

import dev.serin.server.rollout.PastRuns;
import dev.serin.server.rollout.RolloutReads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.stream.IntStream;

/// Fills an empty database with the upgrades of the last weeks, once.
@ApplicationScoped
class DemoHistory {

    private static final long SEED = 20_000;

    private final PastRuns runs;
    private final RolloutReads reads;
    private final InstantSource clock;

    DemoHistory(PastRuns runs, RolloutReads reads, InstantSource clock) {
        this.runs = runs;
        this.reads = reads;
        this.clock = clock;
    }

    /// Plays and stores all of them, or nothing where there is a rollout already.
    @Transactional
    void fillOnce() {
        if (!reads.list(new RolloutReads.Which(null, null, null, null, null, 1)).isEmpty()) {
            return;
        }
        var now = clock.instant();
        var upgrades = PastUpgrades.all();
        IntStream.range(0, upgrades.size())
                .parallel()
                .mapToObj(i -> upgrades.get(i).play(now, SEED + i))
                .toList()
                .forEach(runs::keep);
    }
}
