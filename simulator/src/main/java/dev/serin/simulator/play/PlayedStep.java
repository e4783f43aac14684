package dev.serin.simulator.play;

import dev.serin.engine.judge.Finding;
import dev.serin.engine.plan.Share;
import java.time.Instant;
import java.util.List;

/// A step that was entered in a play.
///
/// @param index into the plan's steps
/// @param entered when it began
/// @param left when the rollout went on or ended; the play's end where it did neither
/// @param baselineCalls calls to the baseline that began in it and were seen
/// @param candidateCalls the same of the candidate
/// @param findings what its end was decided on, or its last look; empty where nothing was judged
public record PlayedStep(
        int index,
        String name,
        Share share,
        Instant entered,
        Instant left,
        long baselineCalls,
        long candidateCalls,
        List<Finding> findings) {

    public PlayedStep {
        findings = List.copyOf(findings);
    }
}
