package dev.serin.engine.judge;

import java.time.Duration;
import java.time.Instant;

/// How the labels of both arms came back where nothing is waited for any more. If the arms differ in
/// it, their rates cannot be compared.
public record Labelling(Coverage candidate, Coverage baseline) {

    /// Of the label that `metric` reads.
    ///
    /// @param due how long after its call a label is waited for
    public static Labelling of(Metric metric, StepEvidence evidence, Duration due, Instant now) {
        var awaited = Awaited.of(metric, evidence, due, now);
        return new Labelling(
                awaited.settledCoverage(Whose.CANDIDATE), awaited.settledCoverage(Whose.BASELINE));
    }
}
