package dev.serin.server.backtest;

import dev.serin.engine.plan.Plan;
import dev.serin.server.rollout.EvidenceReads;
import dev.serin.server.rollout.RolloutJson;
import dev.serin.server.rollout.RolloutReads;
import dev.serin.simulator.backtest.Backtest;
import dev.serin.simulator.backtest.BacktestReport;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/// Judges stored runs under other plans.
@ApplicationScoped
@Unremovable // The command line looks it up.
public class Backtests {

    private final EvidenceReads evidence;
    private final RolloutReads reads;

    Backtests(EvidenceReads evidence, RolloutReads reads) {
        this.evidence = evidence;
        this.reads = reads;
    }

    /// A run, and what another plan would have made of it.
    record Tested(RolloutJson run, BacktestReport report) {}

    /// The same for the command line.
    ///
    /// @throws dev.serin.server.rollout.NoSuchRollout if there is none with this id
    public BacktestAnswer answer(UUID run, Plan other) {
        return new BacktestAnswer(of(run, other));
    }

    /// @throws dev.serin.server.rollout.NoSuchRollout if there is none with this id
    Tested of(UUID run, Plan other) {
        return new Tested(reads.one(run), Backtest.of(evidence.recorded(run), other));
    }
}
