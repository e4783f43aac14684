package dev.serin.engine.judge;

import java.util.Arrays;

/// Evidence on the chance of a bad call, from `n` calls of which `a` were bad.
///
/// `E[e^(xX)] = 1 - p + p e^x` for a call that is bad with chance p, so each bet's wealth
/// `exp(x k - n log(1 - p + p e^x))` is a martingale at p and shrinks below it (Wald 1945).
final class ProportionWager extends Wager {

    private static final double[] UP = sizes(1);
    private static final double[] DOWN = sizes(-1);
    private static final double[] GROWTHS_UP = growths(UP);
    private static final double[] GROWTHS_DOWN = growths(DOWN);

    private final double[] sizes;
    private final double[] growths;
    private final double[] prices = new double[Bets.COUNT];
    private double p;

    private ProportionWager(double[] sizes, double[] growths) {
        this.sizes = sizes;
        this.growths = growths;
    }

    /// Speaks against "at most p".
    static ProportionWager rising() {
        return new ProportionWager(UP, GROWTHS_UP);
    }

    /// Speaks against "at least p".
    static ProportionWager falling() {
        return new ProportionWager(DOWN, GROWTHS_DOWN);
    }

    @Override
    void against(double theta) {
        p = Math.clamp(theta, 0, 1);
        for (int j = 0; j < Bets.COUNT; j++) {
            prices[j] = logOfOnePlus(p * growths[j]);
        }
    }

    @Override
    double log(double n, double bad, double unused) {
        double most = most(n, bad);
        double sum = 0;
        for (int j = 0; j < Bets.COUNT; j++) {
            double below = sizes[j] * bad - n * prices[j] - most;
            if (below > NEGLIGIBLE) {
                sum += Math.exp(below);
            }
        }
        return most + Math.log(sum) - Bets.LOG_COUNT;
    }

    @Override
    double logAndSlope(double n, double bad, double unused) {
        double most = most(n, bad);
        double sum = 0;
        double moving = 0;
        for (int j = 0; j < Bets.COUNT; j++) {
            double below = sizes[j] * bad - n * prices[j] - most;
            if (below > NEGLIGIBLE) {
                double part = Math.exp(below);
                sum += part;
                moving += part * growths[j] / (1 + p * growths[j]);
            }
        }
        slope(-n * moving / sum);
        return most + Math.log(sum) - Bets.LOG_COUNT;
    }

    /// The slower log1p only where its precision is needed: elsewhere the sum is off by 1e-16.
    private static double logOfOnePlus(double y) {
        return Math.abs(y) < 0.01 ? Math.log1p(y) : Math.log(1 + y);
    }

    private double most(double n, double bad) {
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < Bets.COUNT; j++) {
            most = Math.max(most, sizes[j] * bad - n * prices[j]);
        }
        return most;
    }

    private static double[] sizes(int direction) {
        var sizes = new double[Bets.COUNT];
        Arrays.setAll(sizes, j -> direction * Bets.size(j));
        return sizes;
    }

    private static double[] growths(double[] sizes) {
        return Arrays.stream(sizes).map(Math::expm1).toArray();
    }
}
