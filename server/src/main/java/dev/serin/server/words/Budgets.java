package dev.serin.server.words;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.slo.BudgetState;
import dev.serin.engine.slo.BurnRate;
import dev.serin.engine.slo.ErrorBudget;
import dev.serin.engine.slo.Objective;
import dev.serin.engine.traffic.Arm;
import dev.serin.web.chart.BudgetBar;
import dev.serin.web.rollout.ObjectiveView;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Objectives, and what each arm has left of their error budgets.
public final class Budgets {

    private Budgets() {}

    /// A plan's objectives, and its own error budget where it has one.
    ///
    /// @param now end of the objectives' windows: for a rollout that has ended, its end
    public static List<ObjectiveView> of(Plan plan, Evidence evidence, Instant now) {
        var views = new ArrayList<ObjectiveView>();
        for (var objective : plan.objectives()) {
            views.add(
                    new ObjectiveView(
                            name(objective),
                            target(objective),
                            arms(
                                    objective.budget(),
                                    objective.track(),
                                    evidence,
                                    now,
                                    objective.window())));
        }
        var total = plan.errorBudget();
        if (total != null) {
            views.add(
                    new ObjectiveView(
                            "Error budget",
                            total(total),
                            arms(total, new Track.Calls(), evidence, now, null)));
        }
        return views;
    }

    /// What an objective promises: `95 % of calls within 2 s in 1 h`.
    public static String target(Objective objective) {
        return "%s of calls%s in %s"
                .formatted(
                        Numbers.share(objective.target()),
                        within(objective),
                        Numbers.duration(objective.window()));
    }

    /// What a plan's own error budget allows.
    public static String total(double budget) {
        return "%s of all calls may be bad in any way".formatted(Numbers.share(budget));
    }

    private static List<ObjectiveView.Budget> arms(
            double budget, Track track, Evidence evidence, Instant now, @Nullable Duration window) {
        var budgets = new ArrayList<ObjectiveView.Budget>();
        for (var arm : List.of(Arm.CANDIDATE, Arm.BASELINE)) {
            var from = window == null ? Instant.MIN : now.minus(window);
            var counts = counts(evidence, track, from, arm);
            if (counts.n() > 0) {
                var errors = new ErrorBudget(budget);
                var spell = window == null ? null : BurnRate.paceWindow(window);
                var of = spell == null ? Instant.MIN : now.minus(spell);
                var pace = spell == null ? null : errors.after(counts(evidence, track, of, arm));
                budgets.add(line(arm, errors.after(counts), window, pace));
            }
        }
        return budgets;
    }

    private static Tally.Counts counts(Evidence evidence, Track track, Instant from, Arm arm) {
        var counts = Tally.Counts.NONE;
        for (var step : evidence.steps()) {
            for (var bucket : step.filled()) {
                var end =
                        step.start()
                                .plus(
                                        StepEvidence.WIDTH.multipliedBy(
                                                (long) bucket.index() + bucket.width()));
                if (end.isAfter(from)) {
                    var tallies = arm == Arm.CANDIDATE ? bucket.candidate() : bucket.baseline();
                    counts = counts.plus(tallies.counts(track));
                }
            }
        }
        return counts;
    }

    private static ObjectiveView.Budget line(
            Arm arm, BudgetState state, @Nullable Duration window, @Nullable BudgetState pace) {
        var name = arm.name().toLowerCase(Locale.ROOT);
        var left = left(state);
        return new ObjectiveView.Budget(
                name,
                tone(state.status()),
                state(state.status()),
                left,
                burn(state, window, pace),
                bar("Error budget of the %s: %s".formatted(name, left), state));
    }

    /// What is left, with the calls that it rests on: `62 % left: 12 bad of 634 calls`.
    public static String left(BudgetState state) {
        var calls = "%s bad of %s".formatted(Numbers.count(state.bad()), calls(state.calls()));
        if (state.calls() == 0) {
            return "no calls";
        }
        if (state.status() == BudgetState.Status.UNKNOWN) {
            return "too few calls to say: " + calls;
        }
        return state.remaining() <= 0
                ? "nothing left: " + calls
                : "%s left: %s".formatted(Numbers.percent(state.remaining()), calls);
    }

    /// A budget as a bar; hatched where nobody can say.
    public static BudgetBar bar(String words, BudgetState state) {
        return new BudgetBar(
                words,
                state.status() == BudgetState.Status.UNKNOWN ? Double.NaN : state.remaining(),
                tone(state.status()));
    }

    /// How a budget stands, in a word.
    public static String state(BudgetState.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    public static Tone tone(BudgetState.Status status) {
        return switch (status) {
            case HEALTHY -> Tone.MET;
            case WARNING, UNKNOWN -> Tone.UNSURE;
            case CRITICAL, EXHAUSTED -> Tone.BREACHED;
        };
    }

    /// The pace of late, and when the budget is gone if it goes on like that.
    ///
    /// @param spell how long a look back the pace is taken from
    public static String pace(
            BudgetState state, Duration window, Duration spell, BudgetState pace) {
        if (pace.calls() == 0) {
            return "no calls in the last " + Numbers.duration(spell);
        }
        if (pace.status() == BudgetState.Status.UNKNOWN) {
            return "too little traffic in the last %s to tell a pace"
                    .formatted(Numbers.duration(spell));
        }
        var burns =
                "burns %s as fast as it may in the last %s"
                        .formatted(Numbers.times(pace.burn()), Numbers.duration(spell));
        return state.exhaustedIn(window, pace.burn())
                .map(gone ->
                        gone.isZero()
                                ? burns
                                : "%s; gone in %s at this pace"
                                        .formatted(burns, Numbers.duration(gone)))
                .orElse(burns + "; lasts at this pace");
    }

    private static String burn(
            BudgetState state, @Nullable Duration window, @Nullable BudgetState pace) {
        return window == null || pace == null
                ? "burns %s as fast as it may".formatted(Numbers.times(state.burn()))
                : pace(state, window, BurnRate.paceWindow(window), pace);
    }

    private static String calls(long calls) {
        return calls == 1 ? "1 call" : Numbers.count(calls) + " calls";
    }

    /// Its indicator in words: `Task success`.
    public static String name(Objective objective) {
        return switch (objective.indicator()) {
            case TASK_SUCCESS_RATE -> "Task success";
            case RESPONSE_LATENCY -> "Response latency";
            case COST_PER_TASK -> "Cost per task";
            case HALLUCINATION_RATE -> "No hallucination";
            case TOOL_CALL_ACCURACY -> "Tool call accuracy";
            case POLICY_COMPLIANCE -> "Policy compliance";
            case DELEGATION_DEPTH -> "Delegation depth";
        };
    }

    private static String within(Objective objective) {
        var within = objective.within();
        if (within == null) {
            return "";
        }
        return " within "
                + switch (objective.indicator()) {
                    case COST_PER_TASK -> Numbers.usdLimit(within);
                    case RESPONSE_LATENCY,
                            TASK_SUCCESS_RATE,
                            HALLUCINATION_RATE,
                            TOOL_CALL_ACCURACY,
                            POLICY_COMPLIANCE,
                            DELEGATION_DEPTH ->
                            Numbers.millisLimit(within);
                };
    }
}
