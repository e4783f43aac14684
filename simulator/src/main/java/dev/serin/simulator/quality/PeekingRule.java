package dev.serin.simulator.quality;

import dev.serin.simulator.quality.Verdict.Kind;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// One-sided z-tests at 5 %, made again at every look: what a person does who watches a dashboard.
final class PeekingRule implements Rule {

    private static final int[] CALLS_OF_A_LOOK = {1, 5, 10, 20};
    private static final long MOST_CALLS = 20_000;
    private static final long LEAST_CALLS = 30;
    private static final double Z = 1.645;

    private final double[] n = new double[Readings.COUNT];
    private final double[] sum = new double[Readings.COUNT];
    private final double[] squares = new double[Readings.COUNT];

    @Override
    public Verdict decide(Case of, RandomGenerator random) {
        long calls = 0;
        for (int look : CALLS_OF_A_LOOK) {
            Arrays.fill(n, 0);
            Arrays.fill(sum, 0);
            Arrays.fill(squares, 0);
            long inStep = 0;
            boolean passed = false;
            while (!passed) {
                if (inStep >= MOST_CALLS) {
                    return new Verdict(Kind.UNDECIDED, calls);
                }
                for (int i = 0; i < look; i++) {
                    add(of, random, calls++);
                }
                inStep += look;
                passed = true;
                for (int condition = 0; condition < n.length; condition++) {
                    double z = z(condition);
                    if (z >= Z) {
                        return new Verdict(Kind.ROLLED_BACK, calls);
                    }
                    passed &= z <= -Z;
                }
            }
        }
        return new Verdict(Kind.PROMOTED, calls);
    }

    private void add(Case of, RandomGenerator random, long number) {
        var call = of.call(random, number);
        for (int condition = 0; condition < n.length; condition++) {
            double value = Readings.value(call, condition);
            if (value >= 0) {
                n[condition]++;
                sum[condition] += value;
                squares[condition] += value * value;
            }
        }
    }

    /// 0 below 30 calls.
    private double z(int condition) {
        double calls = n[condition];
        if (calls < LEAST_CALLS) {
            return 0;
        }
        double limit = Readings.limit(condition);
        double mean = sum[condition] / calls;
        double variance =
                condition == Readings.COST
                        ? squares[condition] / calls - mean * mean
                        : limit * (1 - limit);
        return (mean - limit) / Math.sqrt(Math.max(variance, 1e-12) / calls);
    }
}
