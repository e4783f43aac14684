package dev.serin.simulator.quality;

import dev.serin.engine.judge.Call;
import dev.serin.engine.judge.Quantity;

/// The four conditions of section 3 and what a call says of each: errors from 10 %, hallucinations
/// from 8 %, a p95 from 5,000 ms, a mean cost from 0.10 USD with a cap of 0.50.
final class Readings {

    static final int COUNT = 4;
    static final int COST = 3;
    static final double COST_CAP = 0.50;

    private static final double SLOW_MS = 5000;
    private static final double[] LIMITS = {0.10, 0.08, 0.05, 0.10};

    private Readings() {}

    /// A rate's or the mean's limit; of the p95, the part of the calls that may lie beyond it.
    static double limit(int condition) {
        return LIMITS[condition];
    }

    /// 1 for a bad call and 0 for a good one, or the cost in US dollars; NaN for nothing.
    static double value(Call call, int condition) {
        return switch (condition) {
            case 0 -> told(call.error());
            case 1 -> told(call.labels().get("hallucination"));
            case 2 -> {
                var latency = call.latencyMs();
                yield latency == null ? Double.NaN : latency >= SLOW_MS ? 1 : 0;
            }
            default -> {
                var cost = call.measure(Quantity.COST_USD);
                yield cost == null ? Double.NaN : cost;
            }
        };
    }

    private static double told(@org.jspecify.annotations.Nullable Boolean bad) {
        return bad == null ? Double.NaN : bad ? 1 : 0;
    }
}
