package dev.serin.simulator.lab;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Strictness;

/// Knows nothing cheap about a condition, so that the engine is asked at every look.
final class NoGuard extends Guard {

    NoGuard(Condition condition, StepBook book, Strictness strictness) {
        super(condition, book, strictness);
    }

    @Override
    void saw(boolean toCandidate, long[] marks, int marksAt, double[] values, int valuesAt) {}

    @Override
    double calls() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    boolean isFrozen() {
        return false;
    }

    @Override
    double breachAtMost() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    double metAtMost(long now) {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    double suspicion() {
        return Double.NEGATIVE_INFINITY;
    }
}
