package dev.serin.simulator.quality;

import dev.serin.engine.judge.Ceiling;
import java.util.Arrays;

/// One condition's evidence in one step, with a restart every 25 calls (statistics.md 2.2), by the
/// engine's own bets. Counts anew only where what came since could have decided.
final class Meter {

    private static final int STRETCHES = 64;
    private static final int CALLS_OF_A_STRETCH = 25;
    private static final double SUSPICIOUS = Math.log(10);
    private static final double[][] WEIGHTS = new double[16][];

    static {
        Arrays.setAll(WEIGHTS, power -> Ceiling.weights(1 << power, STRETCHES));
    }

    private final boolean mean;
    private final double cap;
    private final Ceiling breach;
    private final Ceiling met;
    private final double toBreach;
    private final double toMeet;
    private final long minCalls;
    private final double[] n = new double[STRETCHES];
    private final double[] a = new double[STRETCHES];
    private final double[] b = new double[STRETCHES];
    private long calls;
    private double sum;
    private double squares;
    private int power;
    private double breachMissing;
    private double metMissing;

    /// @param toBreach nats that break it
    /// @param toMeet nats that meet it
    /// @param minCalls below which it is not met
    Meter(int condition, double toBreach, double toMeet, long minCalls) {
        this.mean = condition == Readings.COST;
        this.cap = mean ? Readings.COST_CAP : 1;
        this.toBreach = toBreach;
        this.toMeet = toMeet;
        this.minCalls = minCalls;
        breach = mean ? Ceiling.ofMean(cap, true) : Ceiling.ofRate(true);
        met = mean ? Ceiling.ofMean(cap, false) : Ceiling.ofRate(false);
        breach.against(Readings.limit(condition));
        met.against(Readings.limit(condition));
    }

    void clear() {
        Arrays.fill(n, 0);
        Arrays.fill(a, 0);
        Arrays.fill(b, 0);
        calls = 0;
        sum = 0;
        squares = 0;
        power = 0;
        breachMissing = -1;
        metMissing = -1;
    }

    void add(double value) {
        if (!(value >= 0)) {
            return;
        }
        int stretch = (int) (calls / CALLS_OF_A_STRETCH) >> power;
        if (stretch == STRETCHES) {
            halve();
            stretch /= 2;
        }
        if (mean) {
            double distance = value - Math.min(cap, (cap / 2 + sum) / (calls + 1));
            b[stretch] += distance * distance;
            squares += distance * distance;
        }
        n[stretch]++;
        a[stretch] += value;
        sum += value;
        calls++;
        breachMissing -= breach.growth(value);
        metMissing -= met.growth(value);
    }

    private void halve() {
        for (var sums : new double[][] {n, a, b}) {
            for (int i = 0; i < STRETCHES / 2; i++) {
                sums[i] = sums[2 * i] + sums[2 * i + 1];
            }
            Arrays.fill(sums, STRETCHES / 2, STRETCHES, 0);
        }
        power++;
    }

    boolean isBroken() {
        if (breachMissing > 0 || calls == 0) {
            return false;
        }
        double now = restarted();
        double later = Ceiling.waiting((int) (calls / CALLS_OF_A_STRETCH) + 1);
        breachMissing = toBreach - Math.log(Math.exp(now) + later);
        return now >= toBreach;
    }

    boolean isMet() {
        if (metMissing > 0 || calls < minCalls) {
            return false;
        }
        metMissing = toMeet - met.evidence((double) calls, sum, squares);
        return metMissing <= 0 && suspicion() < SUSPICIOUS;
    }

    private double restarted() {
        var weights = WEIGHTS[power];
        double sumN = 0;
        double sumA = 0;
        double sumB = 0;
        double total = 0;
        for (int i = last(); i >= 0; i--) {
            sumN += n[i];
            sumA += a[i];
            sumB += b[i];
            total += weights[i] * Math.exp(breach.evidence(sumN, sumA, sumB));
        }
        return Math.log(total);
    }

    private double suspicion() {
        double sumN = 0;
        double sumA = 0;
        double sumB = 0;
        double most = 0;
        for (int i = last(); i >= 0; i--) {
            sumN += n[i];
            sumA += a[i];
            sumB += b[i];
            if (breach.most(sumN, sumA, sumB) > most) {
                most = Math.max(most, breach.evidence(sumN, sumA, sumB));
            }
        }
        return most;
    }

    private int last() {
        return (int) ((calls - 1) / CALLS_OF_A_STRETCH) >> power;
    }
}
