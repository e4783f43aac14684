package dev.serin.simulator.lab;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Strictness;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.rollout.Judgement;
import java.util.ArrayList;
import java.util.Optional;

/// All guards of one step: what may be decided there, at most.
final class Guards {

    private final StepBook book;
    private final Guard[] guards;
    private int lastUnmet;

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
                        ? RelativeGuard.of(condition, book, strictness, reading)
                        : AbsoluteGuard.of(condition, book, strictness, reading, true);
        return guard.isPresent() ? guard.get() : new NoGuard(condition, book, strictness);
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
    }

    void saw(boolean toCandidate, long[] marks, int marksAt, double[] values, int valuesAt) {
        for (var guard : guards) {
            guard.saw(toCandidate, marks, marksAt, values, valuesAt);
        }
    }

    /// Whether a judge may find any condition broken now.
    boolean mayBreak() {
        for (var guard : guards) {
            if (guard.mayBreak()) {
                return true;
            }
        }
        return false;
    }

    /// The same after the step is over, when only what rolls back matters.
    boolean mayBreakLate() {
        for (var guard : guards) {
            if (guard.rollsBack() && guard.mayBreak()) {
                return true;
            }
        }
        return false;
    }

    /// Whether a judge may find every condition met now.
    boolean mayPass(long now) {
        for (int i = 0; i < guards.length; i++) {
            int at = (lastUnmet + i) % guards.length;
            if (!guards[at].mayBeMet(now)) {
                lastUnmet = at;
                return false;
            }
        }
        return guards.length == 0 || book.candidate().keys() >= Strictness.LEAST_KEYS;
    }

    /// The condition that was last found not to be met; empty if none was asked about.
    Optional<Condition> unmet() {
        return guards.length == 0 ? Optional.empty() : Optional.of(guards[lastUnmet].condition);
    }
}
