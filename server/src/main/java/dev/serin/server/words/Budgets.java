package dev.serin.server.words;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.slo.BudgetState;
import dev.serin.engine.slo.ErrorBudget;
import dev.serin.engine.slo.Objective;
import dev.serin.web.chart.BudgetBar;
import dev.serin.web.rollout.ObjectiveView;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
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
            var from = now.minus(objective.window());
            views.add(
                    new ObjectiveView(
                            name(objective),
                            "%s of calls%s in %s"
                                    .formatted(
                                            Numbers.share(objective.target()),
                                            within(objective),
                                            Numbers.duration(objective.window())),
                            arms(
                                    objective.budget(),
                                    objective.track(),
                                    evidence,
                                    from,
                                    objective.window())));
        }
        var total = plan.errorBudget();
        if (total != null) {
            views.add(
                    new ObjectiveView(
                            "Error budget",
                            "%s of all calls may be bad in any way".formatted(Numbers.share(total)),
                            arms(total, new Track.Calls(), evidence, Instant.MIN, null)));
        }
        return views;
    }

    private static List<ObjectiveView.Budget> arms(
            double budget,
            Track track,
            Evidence evidence,
            Instant from,
            @Nullable Duration window) {
        var budgets = new ArrayList<ObjectiveView.Budget>();
        add(
                budgets,
                "candidate",
                budget,
                window,
                counts(evidence, track, from, StepEvidence.Bucket::candidate));
        add(
                budgets,
                "baseline",
                budget,
                window,
                counts(evidence, track, from, StepEvidence.Bucket::baseline));
        return budgets;
    }

    private static Tally.Counts counts(
            Evidence evidence,
            Track track,
            Instant from,
            Function<StepEvidence.Bucket, Tallies> arm) {
        var counts = Tally.Counts.NONE;
        for (var step : evidence.steps()) {
            for (var bucket : step.filled()) {
                var end =
                        step.start()
                                .plus(
                                        StepEvidence.WIDTH.multipliedBy(
                                                (long) bucket.index() + bucket.width()));
                if (end.isAfter(from)) {
                    counts = counts.plus(arm.apply(bucket).counts(track));
                }
            }
        }
        return counts;
    }

    private static void add(
            List<ObjectiveView.Budget> budgets,
            String arm,
            double budget,
            @Nullable Duration window,
            Tally.Counts counts) {
        if (counts.n() == 0) {
            return;
        }
        var state = new ErrorBudget(budget).after(counts);
        var status = state.status();
        var left =
                status == BudgetState.Status.UNKNOWN
                        ? "too few calls to say: %s bad of %s"
                                .formatted(Numbers.count(counts.bad()), Numbers.count(counts.n()))
                        : "%s left after %s calls"
                                .formatted(
                                        state.remaining() <= 0
                                                ? "nothing"
                                                : Numbers.percent(state.remaining()),
                                        Numbers.count(counts.n()));
        budgets.add(
                new ObjectiveView.Budget(
                        arm,
                        tone(status),
                        status.name().toLowerCase(Locale.ROOT),
                        left,
                        burn(state, window),
                        new BudgetBar(
                                "Error budget of the %s: %s".formatted(arm, left),
                                status == BudgetState.Status.UNKNOWN
                                        ? Double.NaN
                                        : state.remaining(),
                                tone(status))));
    }

    private static String burn(BudgetState state, @Nullable Duration window) {
        var burns = "burns %s as fast as it may".formatted(Numbers.times(state.burn()));
        return window == null || state.burn() <= 1 || state.remaining() <= 0
                ? burns
                : "%s; gone in %s at this pace"
                        .formatted(
                                burns,
                                Numbers.duration(
                                        Duration.ofSeconds(
                                                (long)
                                                        (window.toSeconds()
                                                                * state.remaining()
                                                                / state.burn()))));
    }

    private static Tone tone(BudgetState.Status status) {
        return switch (status) {
            case HEALTHY -> Tone.MET;
            case WARNING, UNKNOWN -> Tone.UNSURE;
            case CRITICAL, EXHAUSTED -> Tone.BREACHED;
        };
    }

    private static String name(Objective objective) {
        return switch (objective.indicator()) {
            case TASK_SUCCESS_RATE -> "Task success";
            case RESPONSE_LATENCY -> "Response latency";
            case COST_PER_TASK -> "Cost per task";
            case HALLUCINATION_RATE -> "No hallucination";
        };
    }

    private static String within(Objective objective) {
        var within = objective.within();
        if (within == null) {
            return "";
        }
        return " within "
                + switch (objective.indicator()) {
                    case COST_PER_TASK -> Numbers.usd(within);
                    case RESPONSE_LATENCY, TASK_SUCCESS_RATE, HALLUCINATION_RATE ->
                            Numbers.millis(within);
                };
    }
}
