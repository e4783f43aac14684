package dev.serin.server.rollout;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.plan.Plan;
import dev.serin.server.evidence.ForcedCalls;
import dev.serin.server.evidence.Gathering;
import dev.serin.simulator.backtest.Recorded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.UUID;

/// The evidence of a rollout, for those who want to see it.
@ApplicationScoped
public class EvidenceReads {

    private final Gathering gathering;
    private final ForcedCalls forced;
    private final InstantSource clock;

    EvidenceReads(Gathering gathering, ForcedCalls forced, InstantSource clock) {
        this.gathering = gathering;
        this.forced = forced;
        this.clock = clock;
    }

    /// In the words of the API.
    ///
    /// @throws NoSuchRollout if there is none with this id
    @Transactional
    public EvidenceJson of(UUID id) {
        var row = RolloutRow.load(id);
        var now = clock.instant();
        var evidence = gathering.of(id, now).evidence();
        return new EvidenceJson(
                id,
                now,
                evidence.steps().stream().map(step -> step(row.enginePlan(), step)).toList(),
                EvidenceJson.Forced.of(forced.of(id)));
    }

    /// In the engine's, for a backtest or a picture.
    @Transactional
    public Evidence raw(UUID id) {
        return gathering.of(id, clock.instant()).evidence();
    }

    /// A run with all that was seen of it, to be judged under another plan.
    ///
    /// @throws NoSuchRollout if there is none with this id
    @Transactional
    public Recorded recorded(UUID id) {
        var row = RolloutRow.load(id);
        var now = clock.instant();
        var seen = gathering.lookback(id, now);
        return new Recorded(
                row.enginePlan(),
                seen.evidence(),
                row.judged.current(),
                row.endedAt == null ? now : row.endedAt,
                seen.stretch());
    }

    private static EvidenceJson.Step step(Plan plan, StepEvidence evidence) {
        var step = plan.step(evidence.step());
        return new EvidenceJson.Step(
                evidence.step(),
                step.name(),
                step.share().fraction(),
                evidence.start(),
                evidence.splitByServer(),
                new EvidenceJson.Arms(
                        EvidenceJson.sums(evidence.baseline()),
                        EvidenceJson.sums(evidence.candidate())),
                evidence.filled().stream().map(bucket -> bucket(evidence, bucket)).toList());
    }

    private static EvidenceJson.Bucket bucket(StepEvidence step, StepEvidence.Bucket bucket) {
        return new EvidenceJson.Bucket(
                step.start().plus(StepEvidence.WIDTH.multipliedBy(bucket.index())),
                StepEvidence.WIDTH.multipliedBy(bucket.width()).toSeconds(),
                EvidenceJson.sums(bucket.baseline()),
                EvidenceJson.sums(bucket.candidate()));
    }
}
