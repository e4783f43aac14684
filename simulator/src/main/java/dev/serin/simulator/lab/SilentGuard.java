package dev.serin.simulator.lab;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Strictness;

/// Guards a condition of which no simulated call ever tells: it stays unsure.
final class SilentGuard extends Guard {

    SilentGuard(Condition condition, StepBook book, Strictness strictness) {
        super(condition, book, strictness);
    }

    @Override
    void saw(boolean toCandidate, long[] marks, int marksAt, double[] values, int valuesAt) {}

    @Override
    double calls() {
        return 0;
    }

    @Override
    boolean isFrozen() {
        return false;
    }

    @Override
    double breachAtMost() {
        return Double.NEGATIVE_INFINITY;
    }

    @Override
    double metAtMost(long now) {
        return Double.NEGATIVE_INFINITY;
    }

    @Override
    double suspicion() {
        return Double.NEGATIVE_INFINITY;
    }
}
