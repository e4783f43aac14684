package dev.serin.engine.embed;

import dev.serin.engine.judge.Call;
import java.util.Optional;

/// Calls that did not fail.
public record TaskSuccessRate(double target) implements Sli {

    public TaskSuccessRate {
        Targets.requirePart(target);
    }

    @Override
    public Optional<Boolean> good(Call call) {
        return Optional.ofNullable(call.error()).map(failed -> !failed);
    }
}
