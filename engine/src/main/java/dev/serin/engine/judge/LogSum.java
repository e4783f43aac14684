package dev.serin.engine.judge;

/// Log of a weighted sum whose terms are given by their logs.
final class LogSum {

    private LogSum() {}

    /// `log sum exp(logWeight[i] + log[i])` over the first `count`; -Infinity of none.
    static double of(double[] logWeight, double[] log, int count) {
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            most = Math.max(most, logWeight[i] + log[i]);
        }
        if (most == Double.NEGATIVE_INFINITY) {
            return most;
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double below = logWeight[i] + log[i] - most;
            if (below > Wager.NEGLIGIBLE) {
                sum += Math.exp(below);
            }
        }
        return most + Math.log(sum);
    }
}
