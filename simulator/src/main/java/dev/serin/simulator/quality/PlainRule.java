package dev.serin.simulator.quality;

import dev.serin.simulator.quality.Verdict.Kind;
import java.util.random.RandomGenerator;

/// The original's rule: 50 calls in each of four steps, plain estimates against the limits, the p95
/// an empirical one; it never looks again.
final class PlainRule implements Rule {

    private static final int STEPS = 4;
    private static final int CALLS = 50;

    @Override
    public Verdict decide(Case of, RandomGenerator random) {
        long calls = 0;
        for (int step = 0; step < STEPS; step++) {
            var n = new double[Readings.COUNT];
            var sum = new double[Readings.COUNT];
            for (int i = 0; i < CALLS; i++) {
                var call = of.call(random, calls++);
                for (int condition = 0; condition < n.length; condition++) {
                    double value = Readings.value(call, condition);
                    if (value >= 0) {
                        n[condition]++;
                        sum[condition] += value;
                    }
                }
            }
            for (int condition = 0; condition < n.length; condition++) {
                // The 48th of 50 is at the limit exactly if 3 calls or more are.
                boolean broken =
                        condition == 2
                                ? sum[condition] >= CALLS - 47
                                : n[condition] > 0
                                        && sum[condition] / n[condition]
                                                >= Readings.limit(condition);
                if (broken) {
                    return new Verdict(Kind.ROLLED_BACK, calls);
                }
            }
        }
        return new Verdict(Kind.PROMOTED, calls);
    }
}
