package dev.serin.simulator.lab;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Strictness;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.rollout.Judgement;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Predicate;

/// All guards of one step: what may be decided there, at most.
final class Guards {

    private final StepBook book;
    private final Guard[] guards;
    private int lastUnmet;

    /// Whether any of them has run out of proof that its condition is not broken.
    private boolean near = true;

    Guards(Plan plan, StepBook book, Reading reading) {
        this.book = book;
        var step = plan.step(book.index());
        var share = step.share();
        var strictness = Judgement.strictness(plan);
        var guards = new ArrayList<Guard>();
        for (var condition : plan.conditions()) {
            if (step.reachesCandidate()) {
                if (condition.decides() && !(condition.isRelative() && share.equals(Share.ALL))) {
                    guards.add(guard(condition, book, strictness, reading));
                }
            } else if (!condition.isRelative()) {
                guards.add(ofBaseline(condition, book, strictness, reading));
            }
        }
        this.guards = guards.toArray(Guard[]::new);
    }

    private static Guard guard(
            Condition condition, StepBook book, Strictness strictness, Reading reading) {
        if (condition.metric() instanceof Metric.Score) {
            return new SilentGuard(condition, book, strictness);
        }
        Optional<? extends Guard> guard =
                condition.isRelative()
                        ? besideBaseline(condition, book, strictness, reading)
                        : AbsoluteGuard.of(condition, book, strictness, reading, true);
        return guard.isPresent() ? guard.get() : new NoGuard(condition, book, strictness);
    }

    private static Optional<? extends Guard> besideBaseline(
            Condition condition, StepBook book, Strictness strictness, Reading reading) {
        var percentile = PercentileGuard.of(condition, book, strictness, reading);
        return percentile.isPresent()
                ? percentile
                : RelativeGuard.of(condition, book, strictness, reading);
    }

    private static Guard ofBaseline(
            Condition condition, StepBook book, Strictness strictness, Reading reading) {
        if (condition.metric() instanceof Metric.Score) {
            return new SilentGuard(condition, book, strictness);
        }
        var guard = AbsoluteGuard.of(condition, book, strictness, reading, false);
        return guard.isPresent() ? guard.get() : new NoGuard(condition, book, strictness);
    }

    void forget() {
        for (var guard : guards) {
            guard.forget();
        }
        near = true;
    }

    void saw(boolean toCandidate, long[] marks, int marksAt, double[] values, int valuesAt) {
        for (var guard : guards) {
            guard.saw(toCandidate, marks, marksAt, values, valuesAt);
            near |= guard.isNear();
        }
    }

    /// Whether a judge may find any condition broken now.
    boolean mayBreak() {
        return near && mayBreak(_ -> true);
    }

    /// The same after the step is over, when only what rolls back matters.
    boolean mayBreakLate() {
        return near && mayBreak(Guard::rollsBack);
    }

    private boolean mayBreak(Predicate<Guard> matters) {
        boolean stillNear = false;
        for (var guard : guards) {
            if (matters.test(guard) && guard.mayBreak()) {
                return true;
            }
            stillNear |= guard.isNear();
        }
        near = stillNear;
        return false;
    }

    /// Whether a judge may find every condition met now. Asked first is the one that last was not.
    boolean mayPass(long now) {
        if (guards.length == 0) {
            return true;
        }
        if (!guards[lastUnmet].mayBeMet(now)) {
            return false;
        }
        for (int i = 0; i < guards.length; i++) {
            if (!guards[i].mayBeMet(now)) {
                lastUnmet = i;
                return false;
            }
        }
        return book.candidate().keys() >= Strictness.LEAST_KEYS;
    }

    /// The condition that was last found not to be met; empty if none was asked about.
    Optional<Condition> unmet() {
        return guards.length == 0 ? Optional.empty() : Optional.of(guards[lastUnmet].condition);
    }
}
