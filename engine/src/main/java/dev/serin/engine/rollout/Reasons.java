package dev.serin.engine.rollout;

import dev.serin.engine.judge.Coverage;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.Finding.Breached;
import dev.serin.engine.judge.Finding.Met;
import dev.serin.engine.judge.Finding.Resting;
import dev.serin.engine.judge.Finding.Unsure;
import dev.serin.engine.judge.Labelling;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.slo.BudgetState;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Why a rollout moved, in sentences with the numbers.
final class Reasons {

    private Reasons() {}

    static String breach(Breached breach, Judgement judged) {
        var told = breach.sentence();
        if (judged.baselineBreaks(breach.condition())) {
            var baseline = breach.arms().baseline();
            var seen = baseline == null ? "" : ", " + baseline.in(breach.condition().metric());
            told += " The baseline failed too%s: likely the provider.".formatted(seen);
        }
        boolean late = !judged.current().contains(breach);
        return late ? told + " Found late, in the evidence of an earlier step." : told;
    }

    static Optional<String> exposure(Plan plan, Judgement.Exposed exposed) {
        var cap = plan.exposure();
        if (cap == null) {
            return Optional.empty();
        }
        var most = cap.badCalls();
        if (most != null && exposed.badCalls() >= most) {
            return Optional.of(
                    String.format(
                            Locale.ROOT,
                            "%,d bad candidate calls of %,d reached the plan's cap of %,d.",
                            exposed.badCalls(),
                            exposed.calls(),
                            most));
        }
        var usd = cap.usd();
        if (usd != null && exposed.usd() >= usd) {
            return Optional.of(
                    String.format(
                            Locale.ROOT,
                            "$%.2f spent on %,d candidate calls reached the plan's cap of $%.2f.",
                            exposed.usd(),
                            exposed.calls(),
                            usd));
        }
        return Optional.empty();
    }

    /// Not that all conditions were met: some may have rested, been waived, or only been shown. The
    /// journal says which.
    static String promoted(Plan plan) {
        var serves = plan.candidate() + " serves all calls.";
        return plan.conditions().isEmpty() ? serves : "Every step was passed; " + serves;
    }

    static String quota(long calls) {
        return String.format(
                Locale.ROOT,
                "%,d calls were refused because the candidate's quota is used up",
                calls);
    }

    static String skewed(Share ordered, long candidate, long baseline) {
        long all = candidate + baseline;
        return String.format(
                Locale.ROOT,
                "the split is not the one that was ordered: %.1f %% of %,d keys went to the"
                        + " candidate instead of %.4g %%",
                all == 0 ? 0 : 100.0 * candidate / all,
                all,
                100 * ordered.fraction());
    }

    /// Found late in the step of this name.
    static String late(String step, Finding breach) {
        var told = breach.sentence();
        return "found late, in the evidence of step %s: %s"
                .formatted(step, told.substring(0, told.length() - 1));
    }

    static String labelSkew(String label, Labelling came) {
        return String.format(
                Locale.ROOT,
                "the arms are not labelled alike: the label %s came back for %.1f %% of %,d chosen calls"
                        + " of the candidate and for %.1f %% of %,d of the baseline",
                label,
                percent(came.candidate()),
                came.candidate().chosen(),
                percent(came.baseline()),
                came.baseline().chosen());
    }

    private static double percent(Coverage coverage) {
        return coverage.chosen() == 0 ? 0 : 100.0 * coverage.labelled() / coverage.chosen();
    }

    static String exhausted(String budget, BudgetState state) {
        return String.format(
                Locale.ROOT,
                "the candidate's %s is used up: %.1f %% of %,d calls were bad, %.4g %% may be",
                budget,
                100.0 * state.bad() / state.calls(),
                state.calls(),
                100 * state.budget());
    }

    static String outOfPatience(Plan plan, String waitsFor) {
        return "The step's patience (%s or %,d candidate calls) is over and this is still open: %s"
                .formatted(
                        Numbers.span(plan.rules().patience()),
                        plan.rules().patienceCalls(),
                        waitsFor);
    }

    static String unanswered(List<String> approvedBy, int needed, Duration within) {
        return approvedBy.isEmpty()
                ? "nobody approved within " + Numbers.span(within)
                : "only %d of %d approved within %s (%s)"
                        .formatted(
                                approvedBy.size(),
                                needed,
                                Numbers.span(within),
                                String.join(", ", approvedBy));
    }

    static String baselineBreaks(Finding finding) {
        return "The baseline itself breaks a condition of the plan. " + finding.sentence();
    }

    static String notMet(Finding finding) {
        var name = finding.condition().text();
        return switch (finding) {
            case Unsure unsure ->
                    "%s is unsure (%s); wait for more calls, or waive it by name"
                            .formatted(name, unsure.why());
            case Breached _ -> name + " is breached and cannot be waived";
            case Met _, Resting _ -> name + " stands in no one's way";
        };
    }
}
