package dev.serin.engine.embed;

import dev.serin.engine.judge.Call;
import java.util.Optional;

/// Answers that were labelled and found free of hallucination.
public record HallucinationRate(double target) implements Sli {

    private static final String LABEL = "hallucination";

    public HallucinationRate {
        Targets.requirePart(target);
    }

    @Override
    public Optional<Boolean> good(Call call) {
        return Optional.ofNullable(call.labels().get(LABEL)).map(bad -> !bad);
    }
}
