package dev.serin.server.rollout;

import dev.serin.engine.judge.Coverage;
import dev.serin.engine.judge.Finding;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/// How the labels of the chosen calls came back, in the words of the API.
@RegisterForReflection
public record LabelsJson(Arm candidate, Arm baseline) {

    /// The labels of one arm.
    ///
    /// @param chosen calls that are to be labelled
    /// @param labelled of these, those that are
    /// @param waiting those whose label may still come
    /// @param missing those whose label did not come in time
    @RegisterForReflection
    public record Arm(long chosen, long labelled, long waiting, long missing) {

        static Arm of(Coverage coverage) {
            return new Arm(
                    coverage.chosen(), coverage.labelled(), coverage.waiting(), coverage.missing());
        }
    }

    /// Null where the condition waits for no labels.
    static @Nullable LabelsJson of(Finding.Arms arms) {
        var candidate = arms.candidateLabels();
        var baseline = arms.baselineLabels();
        return candidate == null || baseline == null
                ? null
                : new LabelsJson(Arm.of(candidate), Arm.of(baseline));
    }
}
