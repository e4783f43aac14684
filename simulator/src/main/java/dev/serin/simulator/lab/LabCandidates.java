package dev.serin.simulator.lab;

import dev.serin.simulator.profile.ModelProfile;
import dev.serin.simulator.profile.PlainProfile;
import dev.serin.simulator.profile.Profiles;
import java.util.List;
import java.util.Optional;

/// The candidates that a lab plays where nobody names others, from harmless to terrible.
///
/// All but the last two are the original's good GPT-4 with one thing changed, so that each tells of
/// one condition. The words `good` and `bad` stand in no other name than the original's own.
public final class LabCandidates {

    public static final List<ModelProfile> ALL =
            List.of(
                    Profiles.GPT_4_GOOD,
                    profile("same-as-baseline", 350, 150, 0.02, 0.06, 0.002),
                    profile("five-times-the-errors", 800, 400, 0.05, 0.02, 0.03),
                    profile("bit-over-hallucinations", 800, 400, 0.01, 0.10, 0.03),
                    profile("slow-tail", 800, 4600, 0.01, 0.02, 0.03),
                    profile("dear", 800, 400, 0.01, 0.02, 0.15),
                    profile("twice-the-error-limit", 800, 400, 0.20, 0.02, 0.03),
                    Profiles.GPT_4_BAD);

    private LabCandidates() {}

    public static Optional<ModelProfile> named(String name) {
        return ALL.stream().filter(candidate -> candidate.name().equals(name)).findFirst();
    }

    private static ModelProfile profile(
            String name,
            double baseMs,
            double jitterMs,
            double errorRate,
            double hallucinationRate,
            double costUsd) {
        return new PlainProfile(name, baseMs, jitterMs, errorRate, hallucinationRate, costUsd);
    }
}
