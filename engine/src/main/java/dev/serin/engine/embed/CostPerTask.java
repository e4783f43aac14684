package dev.serin.engine.embed;

import dev.serin.engine.judge.Call;
import dev.serin.engine.judge.Quantity;
import java.util.Optional;

/// Calls that cost no more than they should; a call of unknown cost says nothing.
///
/// @param withinUsd the dearest good call
public record CostPerTask(double target, double withinUsd) implements Sli {

    public CostPerTask {
        Targets.requirePart(target);
        if (!(withinUsd > 0)) {
            throw new IllegalArgumentException("withinUsd is above 0, got " + withinUsd);
        }
    }

    @Override
    public Optional<Boolean> good(Call call) {
        return Optional.ofNullable(call.measure(Quantity.COST_USD)).map(usd -> usd <= withinUsd);
    }
}
