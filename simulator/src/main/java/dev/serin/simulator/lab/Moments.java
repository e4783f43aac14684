package dev.serin.simulator.lab;

import dev.serin.engine.judge.Tally;
import java.util.Arrays;

/// The sums of a quantity of one arm of one step, by stretch. Distances are measured from a centre that
/// is known before each call: the mean of what this stretch and those before it have seen.
final class Moments {

    private final double cap;
    private final double[] n = new double[Ledger.STRETCHES];
    private final double[] sum = new double[Ledger.STRETCHES];
    private final double[] v = new double[Ledger.STRETCHES];
    private final double[] over = new double[Ledger.STRETCHES];
    private final double[] seen = new double[Ledger.STRETCHES];
    private final double[] seenSum = new double[Ledger.STRETCHES];
    private double all;
    private double allSum;
    private boolean isOverCap;

    /// @param cap the most that a call should measure
    Moments(double cap) {
        this.cap = cap;
    }

    void clear() {
        all = 0;
        allSum = 0;
        isOverCap = false;
        Arrays.fill(n, 0);
        Arrays.fill(sum, 0);
        Arrays.fill(v, 0);
        Arrays.fill(over, 0);
    }

    /// Measures what comes next in this stretch from all that the step has seen.
    void begin(int stretch) {
        seen[stretch] = all;
        seenSum[stretch] = allSum;
    }

    /// Takes a call that began in the stretch.
    void add(int stretch, double value) {
        double centre = Math.min(cap, (cap / 2 + seenSum[stretch]) / (seen[stretch] + 1));
        double distance = value - centre;
        v[stretch] += distance * distance;
        sum[stretch] += value;
        seenSum[stretch] += value;
        seen[stretch]++;
        n[stretch]++;
        all++;
        allSum += value;
        if (value > cap) {
            over[stretch]++;
            isOverCap = true;
        }
    }

    /// Makes `factor` stretches one.
    void widen(int factor) {
        merge(n, factor);
        merge(sum, factor);
        merge(v, factor);
        merge(over, factor);
    }

    private static void merge(double[] values, int factor) {
        for (int i = 0; i < values.length; i++) {
            values[i / factor] = i % factor == 0 ? values[i] : values[i / factor] + values[i];
        }
        Arrays.fill(values, values.length / factor, values.length, 0);
    }

    double n(int stretch) {
        return n[stretch];
    }

    double sum(int stretch) {
        return sum[stretch];
    }

    double v(int stretch) {
        return v[stretch];
    }

    /// Whether any call measured more than the cap.
    boolean isOverCap() {
        return isOverCap;
    }

    Tally.Moments tally(int stretch) {
        return new Tally.Moments((long) n[stretch], sum[stretch], v[stretch], (long) over[stretch]);
    }

    /// The whole step in one.
    Tally.Moments tally() {
        return new Tally.Moments((long) Sum.of(n), Sum.of(sum), Sum.of(v), (long) Sum.of(over));
    }
}
