package dev.serin.server.rollout;

import dev.serin.engine.plan.Plan;
import dev.serin.server.provider.Price;
import dev.serin.server.provider.Prices;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the models of a rollout cost when it started.
///
/// @param byModel of those that had a price; at least one
public record StartPrices(Map<String, Price> byModel) {

    public StartPrices {
        byModel = Map.copyOf(byModel);
    }

    /// Null where neither model has a price.
    static @Nullable StartPrices of(Plan plan, Prices prices) {
        var byModel = new TreeMap<String, Price>();
        prices.of(plan.baseline()).ifPresent(price -> byModel.put(plan.baseline(), price));
        prices.of(plan.candidate()).ifPresent(price -> byModel.put(plan.candidate(), price));
        return byModel.isEmpty() ? null : new StartPrices(byModel);
    }
}
