package dev.serin.server.planfile;

/// How many calls it takes at best.
final class Need {

    /// The bets of the judge (statistics.md 1.1).
    private static final int BETS = 20;

    private Need() {}

    /// Calls without a bad one that prove a rate below `limit`.
    ///
    /// @param limit above 0, below 1
    /// @param beta chance of a wrong proof, above 0, below 1
    static long spotless(double limit, double beta) {
        if (!(limit > 0 && limit < 1 && beta > 0 && beta < 1)) {
            throw new IllegalArgumentException(
                    "no calls prove below %s at %s".formatted(limit, beta));
        }
        long low = 0;
        long high = 1;
        while (!proves(high, limit, beta)) {
            low = high;
            high *= 2;
        }
        while (high - low > 1) {
            long middle = (low + high) / 2;
            if (proves(middle, limit, beta)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private static boolean proves(long calls, double limit, double beta) {
        double wealth = 0;
        for (int j = 0; j < BETS; j++) {
            double bet = 0.01 * Math.pow(2, j / 2.0);
            wealth += Math.exp(-calls * Math.log1p(limit * Math.expm1(-bet)));
        }
        return wealth / BETS >= 1 / beta;
    }
}
