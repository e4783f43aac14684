package dev.serin.engine.judge;

/// What evidence against one statement can be at most, told cheaply, so that nobody has to judge
/// where it stays below what a decision takes.
///
/// The statement is "the number is at most theta" (rising) or "at least theta" (falling). A ceiling
/// belongs to one thread.
public final class Ceiling {

    private static final double GREATEST_LAMBDA =
            Bets.size(Bets.COUNT - 1) / (1 + Bets.size(Bets.COUNT - 1));

    private final Wager wager;
    private final boolean proportion;
    private final boolean rising;
    private final double cap;
    private double theta;
    private double bestBad;
    private double bestGood;

    private Ceiling(Wager wager, boolean proportion, boolean rising, double cap) {
        this.wager = wager;
        this.proportion = proportion;
        this.rising = rising;
        this.cap = cap;
    }

    /// On the chance of a bad call.
    public static Ceiling ofRate(boolean rising) {
        var wager = rising ? ProportionWager.rising() : ProportionWager.falling();
        return new Ceiling(wager, true, rising, 1);
    }

    /// On the chance of a value at or over a percentile; a call counts as bad if its value is.
    ///
    /// @param level above 0, below 1; 0.95 for a p95
    public static Ceiling ofPercentile(double level, boolean rising) {
        var ceiling = ofRate(rising);
        ceiling.against(PercentileInquiry.tail(level));
        return ceiling;
    }

    /// On the mean of a quantity.
    ///
    /// @param cap the most that a call should measure, above 0
    public static Ceiling ofMean(double cap, boolean rising) {
        var wager = rising ? MeanWager.rising(cap) : MeanWager.falling(cap);
        return new Ceiling(wager, false, rising, cap);
    }

    /// Sets the boundary of the statement, in the metric's unit.
    public void against(double value) {
        theta = value;
        wager.against(value);
        if (proportion) {
            bestBad = best(1);
            bestGood = best(0);
        }
    }

    /// What one call adds to the bet that it helps most; 0 if it helps none.
    private double best(double bad) {
        double p = Math.clamp(theta, 0, 1);
        double best = 0;
        for (int j = 0; j < Bets.COUNT; j++) {
            double size = rising ? Bets.size(j) : -Bets.size(j);
            best = Math.max(best, size * bad - Math.log1p(p * Math.expm1(size)));
        }
        return best;
    }

    /// The most that one more call adds to any bet, and so to the evidence, in nats.
    ///
    /// @param value what it measures; 1 for a bad call, 0 for a good one
    public double growth(double value) {
        if (proportion) {
            return value > 0 ? bestBad : bestGood;
        }
        double way = rising ? value - theta : theta - value;
        return way > 0 ? way / cap * GREATEST_LAMBDA : 0;
    }

    /// The evidence itself, in nats.
    public double evidence(double n, double a, double b) {
        return n == 0 ? 0 : wager.log(n, a, b);
    }

    /// A number that the evidence does not pass, in nats; 0 or more. Calls that lie on the
    /// statement's side win none of the bets; others win at most what the best bet on chances would.
    public double most(double n, double a, double b) {
        boolean apart = rising ? a > n * theta : a < n * theta;
        if (n == 0 || !apart) {
            return 0;
        }
        return proportion && theta > 0 && theta < 1
                ? n * Family.Proportion.divergence(a / n, theta)
                : Math.max(0, wager.log(n, a, b));
    }

    /// The capital that stands on each restart of a step whose restarts lie so many buckets apart.
    public static double[] weights(int spacing, int count) {
        var weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = Math.exp(Restarts.logWeight(Restarts.ordinal(i * spacing)));
        }
        return weights;
    }

    /// All the capital that waits for restarts which a step of so many buckets has yet to open.
    public static double waiting(int buckets) {
        return 0.5 / Math.max(1, Restarts.ordinal(buckets));
    }
}
