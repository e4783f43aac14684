package dev.serin.simulator.lab;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Condition.Consequence;
import dev.serin.engine.judge.Strictness;

/// Proves of one condition in one step that no judge can find it broken, or met.
///
/// It keeps how many nats are missing at least, takes off what each call adds at most, and counts
/// anew only when nothing is left. It may err to one side: where it cannot prove anything, the
/// engine is asked.
abstract sealed class Guard
        permits AbsoluteGuard, PercentileGuard, RelativeGuard, NoGuard, SilentGuard {

    /// Covers the rounding of sums that are added up in another order than the engine's.
    static final double DUST = 1e-6;

    private static final double SUSPICIOUS = Math.log(10);

    final Condition condition;
    final StepBook book;
    final double toBreach;
    final double toMeet;
    final long minCalls;
    private double breachMissing = -1;
    private double metMissing = -1;

    /// @param strictness of one condition in one step
    Guard(Condition condition, StepBook book, Strictness strictness) {
        this.condition = condition;
        this.book = book;
        this.toBreach = -Math.log(strictness.alpha()) - DUST;
        this.toMeet = -Math.log(strictness.beta()) - DUST;
        this.minCalls = strictness.minCalls();
    }

    /// The step begins anew, or its stretches were merged.
    final void forget() {
        breachMissing = -1;
        metMissing = -1;
    }

    final boolean rollsBack() {
        return condition.then() == Consequence.ROLL_BACK;
    }

    final boolean decides() {
        return condition.decides();
    }

    /// A judged call of the step was seen.
    abstract void saw(
            boolean toCandidate, long[] marks, int marksAt, double[] values, int valuesAt);

    final void add(double toBreachAtMost, double toMeetAtMost) {
        breachMissing -= toBreachAtMost;
        metMissing -= toMeetAtMost;
    }

    /// Whether nothing is left of what is known to be missing to a breach.
    final boolean isNear() {
        return breachMissing <= 0;
    }

    /// Whether a judge may find it broken now.
    final boolean mayBreak() {
        if (breachMissing > 0) {
            return false;
        }
        if (calls() < Strictness.LEAST_TO_BREACH) {
            return false;
        }
        breachMissing = toBreach - breachAtMost();
        return breachMissing <= 0;
    }

    /// Whether a judge may find it met now.
    final boolean mayBeMet(long now) {
        if (metMissing > 0) {
            return false;
        }
        if (calls() < minCalls || isFrozen()) {
            return false;
        }
        metMissing = toMeet - metAtMost(now);
        return metMissing <= 0 && suspicion() < SUSPICIOUS + DUST;
    }

    /// Candidate calls that carry the metric.
    abstract double calls();

    /// Whether a call above the cap keeps it from being met.
    abstract boolean isFrozen();

    /// The most that the restarted evidence of a breach can be, with what restarts that are yet to
    /// open bring along; in nats.
    abstract double breachAtMost();

    /// The most that the evidence of a met condition can be once all calls seen so far are old
    /// enough; in nats.
    abstract double metAtMost(long now);

    /// The least that the strongest suffix against the limit can be, in nats.
    abstract double suspicion();
}
