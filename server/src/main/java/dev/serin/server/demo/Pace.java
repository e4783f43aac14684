package dev.serin.server.demo;

import java.util.Arrays;

/// Keeps a client from asking more than the machine bears, whose slowness would look like a model's.
///
/// As long as even the fastest of the last answers was slow, few calls are open at once; so it begins,
/// too.
final class Pace {

    private static final int LAST = 20;
    private static final int FEW = 10;

    /// The demos' baselines answer within half a second.
    private static final double SLOW_MS = 700;

    private final double[] tookMs = new double[LAST];
    private int answers;
    private int open;

    Pace() {
        Arrays.fill(tookMs, Double.POSITIVE_INFINITY);
    }

    /// Whether another call may begin.
    synchronized boolean bears() {
        return open < FEW || Arrays.stream(tookMs).min().orElseThrow() < SLOW_MS;
    }

    synchronized void asks() {
        open++;
    }

    /// @param ms from the question to the answer's end
    synchronized void answered(double ms) {
        open--;
        tookMs[answers % LAST] = ms;
        answers++;
    }
}
