package dev.serin.simulator.quality;

import dev.serin.simulator.quality.Verdict.Kind;
import java.util.random.RandomGenerator;

/// Serin's rule as section 3 counts it: four steps of 5, 25, 50 and 100 %, a look after every 1, 5,
/// 10 and 20 candidate calls, alpha and beta of 5 %, met from 50 calls on, broken from the first, at
/// most 20,000 calls a step, and 2,000 calls of watch after the promotion.
final class SerinRule implements Rule {

    private static final int[] CALLS_OF_A_LOOK = {1, 5, 10, 20};
    private static final long MOST_CALLS = 20_000;
    private static final long WATCH = 2000;
    private static final long MIN_CALLS = 50;

    private final Meter[] meters = new Meter[Readings.COUNT];

    SerinRule(double alpha, double beta) {
        double toBreach = Math.log(Readings.COUNT * CALLS_OF_A_LOOK.length / alpha);
        for (int i = 0; i < meters.length; i++) {
            meters[i] = new Meter(i, toBreach, -Math.log(beta), MIN_CALLS);
        }
    }

    @Override
    public Verdict decide(Case of, RandomGenerator random) {
        long calls = 0;
        for (int look : CALLS_OF_A_LOOK) {
            for (var meter : meters) {
                meter.clear();
            }
            long inStep = 0;
            boolean passed = false;
            while (!passed) {
                if (inStep >= MOST_CALLS) {
                    return new Verdict(Kind.UNDECIDED, calls);
                }
                observe(of, random, calls, look);
                calls += look;
                inStep += look;
                if (isBroken()) {
                    return new Verdict(Kind.ROLLED_BACK, calls);
                }
                passed = isMet();
            }
        }
        return watch(of, random, calls);
    }

    private Verdict watch(Case of, RandomGenerator random, long promotedAt) {
        int look = CALLS_OF_A_LOOK[CALLS_OF_A_LOOK.length - 1];
        for (long calls = promotedAt; calls < promotedAt + WATCH; ) {
            observe(of, random, calls, look);
            calls += look;
            if (isBroken()) {
                return new Verdict(Kind.ROLLED_BACK, calls);
            }
        }
        return new Verdict(Kind.PROMOTED, promotedAt);
    }

    private void observe(Case of, RandomGenerator random, long from, int count) {
        for (int i = 0; i < count; i++) {
            var call = of.call(random, from + i);
            for (int condition = 0; condition < meters.length; condition++) {
                meters[condition].add(Readings.value(call, condition));
            }
        }
    }

    private boolean isBroken() {
        for (var meter : meters) {
            if (meter.isBroken()) {
                return true;
            }
        }
        return false;
    }

    private boolean isMet() {
        for (var meter : meters) {
            if (!meter.isMet()) {
                return false;
            }
        }
        return true;
    }
}
