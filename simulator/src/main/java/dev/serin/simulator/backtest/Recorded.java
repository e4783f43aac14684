package dev.serin.simulator.backtest;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A run as it was stored.
///
/// @param plan under which it ran
/// @param evidence of all its steps
/// @param last what was found when it ended. Calls that were on their way then are in the evidence,
///     so what broke it may no longer show there
/// @param end when it ended, or until when its calls are looked at
/// @param stretch within which nobody knows any more when a call came; a bucket's length, or longer
///     where buckets were drawn together since
public record Recorded(
        Plan plan, Evidence evidence, List<Finding> last, Instant end, Duration stretch) {

    public Recorded {
        last = List.copyOf(last);
    }

    /// A run of which nothing was drawn together.
    public Recorded(Plan plan, Evidence evidence, List<Finding> last, Instant end) {
        this(plan, evidence, last, end, StepEvidence.WIDTH);
    }

    /// What is no longer known of when its calls came, in a sentence.
    Optional<String> coarseness() {
        return stretch.compareTo(StepEvidence.WIDTH) > 0
                ? Optional.of(
                        "this run is kept by %s: when within one a call came is not known, and each counts from its end"
                                .formatted(stretch.toHours() > 0 ? "hours" : "minutes"))
                : Optional.empty();
    }

    /// The breach that ended the run, if it would have ended `other` as well: the same condition, and
    /// no more is asked of the evidence.
    Optional<Finding.Breached> fatalFor(Plan other) {
        return chance(other) < chance(plan)
                ? Optional.empty()
                : last.stream()
                        .filter(Finding.Breached.class::isInstance)
                        .map(Finding.Breached.class::cast)
                        .filter(breach ->
                                breach.condition().then() == Condition.Consequence.ROLL_BACK
                                        && other.conditions().contains(breach.condition()))
                        .findFirst();
    }

    /// The part of the chance of a wrong rollback that each condition has in each step.
    private static double chance(Plan plan) {
        return plan.rules().alpha() / Math.max(1, plan.deciding() * plan.judgedSteps());
    }

    /// The step in which the candidate had as many calls, or copies of calls, as `other` gives it, if
    /// it saw any.
    Optional<StepEvidence> like(Step other) {
        return evidence.steps().stream()
                .filter(step -> isLike(plan.step(step.step()), other))
                .findFirst();
    }

    private static boolean isLike(Step one, Step other) {
        return one.share().basisPoints() == other.share().basisPoints()
                && one.mirror().basisPoints() == other.mirror().basisPoints();
    }

    /// Whether it is the step in which the run ended.
    boolean isLast(StepEvidence step) {
        return steps().getLast().equals(step);
    }

    /// How long that step lasted.
    Duration lengthOf(StepEvidence step) {
        var next =
                evidence.steps().stream()
                        .filter(other -> other.step() > step.step())
                        .min(Comparator.comparingInt(StepEvidence::step))
                        .map(StepEvidence::start)
                        .orElse(end);
        return next.isAfter(step.start())
                ? Duration.between(step.start(), next)
                : StepEvidence.WIDTH.multipliedBy(step.buckets());
    }

    /// The shares that the candidate had, in words: `20 % as copies, 5 %, 25 %`.
    String shares() {
        return evidence.steps().stream()
                .map(step -> plan.step(step.step()))
                .filter(Step::reachesCandidate)
                .map(Recorded::share)
                .collect(Collectors.joining(", "));
    }

    /// What a step gives the candidate: `5 %`, or `20 % as copies`.
    static String share(Step step) {
        return step.isShadow() ? percent(step.mirror()) + " as copies" : percent(step.share());
    }

    private static String percent(Share share) {
        return java.math.BigDecimal.valueOf(share.basisPoints(), 2)
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }

    List<StepEvidence> steps() {
        return evidence.steps();
    }
}
