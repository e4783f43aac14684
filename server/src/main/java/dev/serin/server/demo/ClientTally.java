package dev.serin.server.demo;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/// What the callers of one route have met.
final class ClientTally {

    private final LongAdder asked = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder byCandidate = new LongAdder();
    private final LongAdder replaced = new LongAdder();
    private final ConcurrentLinkedQueue<Double> tookMs = new ConcurrentLinkedQueue<>();

    void asks() {
        asked.increment();
    }

    /// @param arm as the answer names it; empty if none
    /// @param retried whether the baseline answered in the candidate's place
    /// @param ms from the question to the answer's end
    void answered(boolean good, String arm, boolean retried, double ms) {
        tookMs.add(ms);
        if (!good) {
            failed.increment();
        } else if (retried) {
            replaced.increment();
        } else if (arm.equals("candidate")) {
            byCandidate.increment();
        }
        ended.increment();
    }

    /// Calls that were begun.
    long asked() {
        return asked.sum();
    }

    /// Calls that have not ended.
    long open() {
        return asked() - ended.sum();
    }

    /// Calls whose caller got an error or no answer.
    long failed() {
        return failed.sum();
    }

    /// Good answers of the candidate.
    long byCandidate() {
        return byCandidate.sum();
    }

    /// Good answers of the baseline to calls that the candidate failed.
    long replaced() {
        return replaced.sum();
    }

    /// 95 of 100 callers waited no longer, in milliseconds; 0 if nobody called.
    double p95Ms() {
        var sorted = tookMs.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(sorted.length * 0.95) - 1];
    }
}
