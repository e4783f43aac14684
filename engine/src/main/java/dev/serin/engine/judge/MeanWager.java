package dev.serin.engine.judge;

/// Evidence on the mean of a quantity of 0 to `cap`, from `n` calls, their sum `a` and the sum `b` of
/// squared distances from centres that were known before each call.
///
/// `exp(l (x - m) - psi(l) (x - c)^2)` has a mean of at most 1 for any centre c known beforehand, if
/// x is at least 0 (rising) or at most the cap (falling): rolling back never depends on the cap.
///
/// @see <a href="https://doi.org/10.1214/EJP.v20-3496">Fan, Grama and Liu, Exponential inequalities
///     for martingales with applications, 2015</a>
/// @see <a href="https://doi.org/10.1214/20-AOS1991">Howard, Ramdas, McAuliffe and Sekhon,
///     Time-uniform, nonparametric, nonasymptotic confidence sequences, 2021, theorem 4</a>
final class MeanWager extends Wager {

    private static final double[] LAMBDAS = new double[Bets.COUNT];
    private static final double[] PSIS = new double[Bets.COUNT];

    static {
        for (int j = 0; j < Bets.COUNT; j++) {
            double lambda = Bets.size(j) / (1 + Bets.size(j));
            LAMBDAS[j] = lambda;
            PSIS[j] = -Math.log1p(-lambda) - lambda;
        }
    }

    private final int direction;
    private final double cap;
    private double theta;

    private MeanWager(int direction, double cap) {
        this.direction = direction;
        this.cap = cap;
    }

    /// Speaks against "at most theta".
    static MeanWager rising(double cap) {
        return new MeanWager(1, cap);
    }

    /// Speaks against "at least theta".
    static MeanWager falling(double cap) {
        return new MeanWager(-1, cap);
    }

    /// How many nats a further call adds if calls go on as they did; negative if they speak for the
    /// statement.
    static double growth(double distance, double variance) {
        double best = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < Bets.COUNT; j++) {
            best = Math.max(best, LAMBDAS[j] * distance - PSIS[j] * variance);
        }
        return best;
    }

    @Override
    void against(double theta) {
        this.theta = theta;
    }

    @Override
    double log(double n, double sum, double v) {
        double excess = excess(n, sum);
        double spread = v / (cap * cap);
        double most = most(excess, spread);
        double total = 0;
        for (int j = 0; j < Bets.COUNT; j++) {
            double below = LAMBDAS[j] * excess - PSIS[j] * spread - most;
            if (below > NEGLIGIBLE) {
                total += Math.exp(below);
            }
        }
        return most + Math.log(total) - Bets.LOG_COUNT;
    }

    @Override
    double logAndSlope(double n, double sum, double v) {
        double excess = excess(n, sum);
        double spread = v / (cap * cap);
        double most = most(excess, spread);
        double total = 0;
        double moving = 0;
        for (int j = 0; j < Bets.COUNT; j++) {
            double below = LAMBDAS[j] * excess - PSIS[j] * spread - most;
            if (below > NEGLIGIBLE) {
                double part = Math.exp(below);
                total += part;
                moving += part * LAMBDAS[j];
            }
        }
        slope(-direction * n * moving / (total * cap));
        return most + Math.log(total) - Bets.LOG_COUNT;
    }

    private double excess(double n, double sum) {
        return direction * (sum - n * theta) / cap;
    }

    private static double most(double excess, double spread) {
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < Bets.COUNT; j++) {
            most = Math.max(most, LAMBDAS[j] * excess - PSIS[j] * spread);
        }
        return most;
    }
}
