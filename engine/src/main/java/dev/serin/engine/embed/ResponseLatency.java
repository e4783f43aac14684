package dev.serin.engine.embed;

import dev.serin.engine.judge.Call;
import dev.serin.engine.judge.Quantity;
import java.time.Duration;
import java.util.Optional;

/// Calls that were answered in time; successes and timeouts count.
///
/// @param within the longest good answer
public record ResponseLatency(double target, Duration within) implements Sli {

    public ResponseLatency {
        Targets.requirePart(target);
        if (!within.isPositive()) {
            throw new IllegalArgumentException("within is above 0, got " + within);
        }
    }

    @Override
    public Optional<Boolean> good(Call call) {
        return Optional.ofNullable(call.measure(Quantity.LATENCY_MS))
                .map(millis -> millis <= within.toNanos() / 1e6);
    }
}
