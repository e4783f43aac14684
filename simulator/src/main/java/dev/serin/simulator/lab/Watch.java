package dev.serin.simulator.lab;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Gate;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.rollout.Phase.AwaitingApproval;
import dev.serin.engine.rollout.Phase.Complete;
import dev.serin.engine.rollout.Phase.Observing;
import dev.serin.engine.rollout.Phase.Paused;
import dev.serin.engine.rollout.Phase.RolledBack;
import dev.serin.engine.rollout.Phase.Waiting;
import dev.serin.engine.rollout.Rollout;
import dev.serin.engine.slo.ErrorBudget;
import dev.serin.engine.slo.Objective;
import java.util.Optional;

/// Says whether a look at a rollout may move it. Where it says no, the engine would have said that
/// the rollout stays; where it says yes, the engine is to be asked.
final class Watch {

    private static final long NEVER = Long.MAX_VALUE;
    private static final double DUST = 1e-9;

    private final Plan plan;
    private final StepBook[] books;
    private final Reading reading;
    private final long approval;
    private final int calls;
    private final int quota;
    private final int spent;

    private boolean atGate;
    private int step;
    private long ripe;
    private long outOfPatience;
    private long patientFrom;
    private long approvalDue;
    private long lapse;

    private long judged;
    private long bad;
    private double usd;
    private final long[] judgedHere;
    private final boolean[] quotaUsedUp;
    private final boolean[] reachesCandidate;

    /// @param approval nanoseconds after which a person approves an open gate
    Watch(Plan plan, StepBook[] books, Reading reading, long approval) {
        this.plan = plan;
        this.books = books;
        this.reading = reading;
        this.approval = approval;
        this.calls = reading.counts().indexOf(new Track.Calls());
        this.quota = reading.counts().indexOf(Reading.QUOTA);
        this.spent = reading.moments().indexOf(Reading.SPENT);
        this.judgedHere = new long[books.length];
        this.quotaUsedUp = new boolean[books.length];
        this.reachesCandidate = new boolean[books.length];
        for (int i = 0; i < books.length; i++) {
            reachesCandidate[i] = plan.step(i).reachesCandidate();
        }
    }

    void clear() {
        judged = 0;
        bad = 0;
        usd = 0;
        java.util.Arrays.fill(judgedHere, 0);
        java.util.Arrays.fill(quotaUsedUp, false);
    }

    /// Where the rollout stands from now on.
    void stands(Rollout rollout) {
        atGate = false;
        step = rollout.step();
        switch (rollout.phase()) {
            case Observing at -> {
                ripe = Run.nanos(at.since().plus(at.paused()).plus(plan.step(step).duration()));
                outOfPatience = Run.nanos(at.patientSince().plus(plan.rules().patience()));
                patientFrom = at.patientFrom();
            }
            case AwaitingApproval gate -> {
                atGate = true;
                approvalDue = Run.nanos(gate.since()) + approval;
                lapse = lapse(gate);
            }
            case Waiting _, Paused _, Complete _, RolledBack _ -> {}
        }
    }

    private long lapse(AwaitingApproval gate) {
        var rule = plan.step(step).gate();
        if (rule == null || rule.then() == Gate.Lapse.STAY) {
            return NEVER;
        }
        var within = rule.within();
        return within == null ? NEVER : Run.nanos(gate.since().plus(within));
    }

    /// A judged call was seen.
    void saw(
            int ofStep,
            boolean toCandidate,
            long[] marks,
            int marksAt,
            double[] values,
            int valuesAt) {
        if (!toCandidate) {
            return;
        }
        judged++;
        judgedHere[ofStep]++;
        if (Reading.isBad(marks, marksAt, calls)) {
            bad++;
            quotaUsedUp[ofStep] |= Reading.isBad(marks, marksAt, quota);
        }
        double cost = spent < 0 ? 0 : values[valuesAt + spent];
        if (cost >= 0) {
            usd += cost;
        }
    }

    boolean isApprovalDue(long now) {
        return atGate && now >= approvalDue;
    }

    /// What an undecided step waits for once its time is over.
    Optional<Condition> waitsFor(long now) {
        return now < ripe ? Optional.empty() : books[step].guards().unmet();
    }

    boolean mayMove(long now) {
        if (mayStop()) {
            return true;
        }
        var guards = books[step].guards();
        if (atGate) {
            return now >= lapse
                    || (now >= approvalDue && (!reachesCandidate[step] || guards.mayPass(now)));
        }
        if (quotaUsedUp[step]) {
            return true;
        }
        if (now < ripe) {
            return false;
        }
        if (!reachesCandidate[step]) {
            return true;
        }
        return now >= outOfPatience
                || judgedHere[step] - patientFrom >= plan.rules().patienceCalls()
                || (!isUsedUp() && guards.mayPass(now) && !isExhausted(now));
    }

    /// Whether a breach or the exposure may end it.
    private boolean mayStop() {
        for (int i = 0; i < step; i++) {
            if (reachesCandidate[i] && books[i].guards().mayBreakLate()) {
                return true;
            }
        }
        if (books[step].guards().mayBreak()) {
            return true;
        }
        var cap = plan.exposure();
        if (cap == null) {
            return false;
        }
        var mostBad = cap.badCalls();
        var mostUsd = cap.usd();
        return (mostBad != null && bad >= mostBad)
                || (mostUsd != null && usd >= mostUsd * (1 - DUST));
    }

    /// Whether the error budget is used up, so that nothing is met.
    private boolean isUsedUp() {
        var total = plan.errorBudget();
        return total != null
                && new ErrorBudget(total).after(new Tally.Counts(judged, bad)).isExhausted();
    }

    /// The same of an objective's.
    private boolean isExhausted(long now) {
        for (var objective : plan.objectives()) {
            if (new ErrorBudget(objective.budget()).after(within(objective, now)).isExhausted()) {
                return true;
            }
        }
        return false;
    }

    /// What the objective's window holds, in whole stretches: one that reaches into it counts.
    private Tally.Counts within(Objective objective, long now) {
        int at = reading.counts().indexOf(objective.track());
        long from = now - objective.window().toNanos();
        long n = 0;
        long bad = 0;
        for (int i = 0; i <= step; i++) {
            var counts = books[i].candidate().counts();
            for (int stretch = books[i].restarts() - 1; stretch >= 0; stretch--) {
                if (books[i].end(stretch) > from) {
                    n += counts.n(at, stretch);
                    bad += counts.bad(at, stretch);
                }
            }
        }
        return new Tally.Counts(n, bad);
    }
}
