package dev.serin.server.words;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Estimate;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.Judge;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Strictness;
import dev.serin.engine.plan.Plan;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What both arms of a step are like beside each other, metric by metric.
///
/// @param candidate null when no call of it told the metric
/// @param baseline null when no call of it told the metric
/// @param difference candidate minus baseline, with its own interval; unknown without calls of both,
///     and always of a cost per success, whose interval is of one arm
public record Differences(
        Condition condition,
        @Nullable Estimate candidate,
        @Nullable Estimate baseline,
        Estimate difference) {

    /// These intervals decide nothing, so they need no part of a rollout's alpha.
    private static final Strictness USUAL = new Strictness(0.05, 0.05, 0, 1);

    /// So small that it is no margin, yet the condition is told as a difference.
    private static final double NO_MARGIN = 1e-9;

    /// Each metric that the plan limits, the most important to a reader first.
    public static List<Differences> of(Plan plan, StepEvidence evidence, Instant now) {
        var whole = Courses.merged(evidence);
        var conditions =
                metrics(plan).stream()
                        .sorted(Comparator.comparingInt(condition -> rank(condition.metric())))
                        .toList();
        var compared = conditions.stream().map(Differences::asDifference).toList();
        var findings = Judge.candidate(compared, USUAL, whole, false, now);
        return findings.stream()
                .map(finding ->
                        new Differences(
                                finding.condition(),
                                finding.arms().candidate(),
                                finding.arms().baseline(),
                                difference(finding)))
                .toList();
    }

    public Metric metric() {
        return condition.metric();
    }

    /// Whether larger values are worse.
    public boolean isBadAbove() {
        return condition.side() == Condition.Side.AT_LEAST;
    }

    /// Whether the interval says that the candidate is better.
    public boolean isBetter() {
        return isSure() && (isBadAbove() ? difference.high() < 0 : difference.low() > 0);
    }

    /// Whether the interval says that the candidate is worse.
    public boolean isWorse() {
        return isSure() && (isBadAbove() ? difference.low() > 0 : difference.high() < 0);
    }

    private boolean isSure() {
        return difference.isKnown() && baseline != null && baseline.isKnown();
    }

    /// One condition for each metric, an absolute one where there is one.
    static List<Condition> metrics(Plan plan) {
        var byMetric = new LinkedHashMap<Metric, Condition>();
        for (var condition : plan.conditions()) {
            byMetric.merge(
                    condition.metric(),
                    condition,
                    (one, other) -> one.isRelative() && !other.isRelative() ? other : one);
        }
        return List.copyOf(byMetric.values());
    }

    private static Condition asDifference(Condition condition) {
        if (condition.metric() instanceof Metric.CostPerSuccess) {
            return condition;
        }
        Double cap = condition.metric() instanceof Metric.Mean ? condition.capOrDefault() : null;
        return new Condition(
                condition.metric(),
                condition.side(),
                new Limit.Relative(1, NO_MARGIN),
                Condition.Consequence.SHOW,
                cap);
    }

    private static Estimate difference(Finding finding) {
        return finding.condition().isRelative() ? finding.estimate() : Estimate.NONE;
    }

    private static int rank(Metric metric) {
        return switch (metric) {
            case Metric.Rate rate when rate.label() != null -> 0;
            case Metric.Score _ -> 0;
            case Metric.Rate _ -> 1;
            case Metric.Percentile _ -> 2;
            case Metric.Mean _ -> 3;
            case Metric.CostPerSuccess _ -> 4;
        };
    }
}
