package dev.serin.engine.rollout;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Detail;
import dev.serin.engine.judge.Estimate;
import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.Finding.Breached;
import dev.serin.engine.judge.Finding.Met;
import dev.serin.engine.judge.Finding.Resting;
import dev.serin.engine.judge.Finding.Unsure;
import dev.serin.engine.judge.Judge;
import dev.serin.engine.judge.Labelling;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Strictness;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.slo.ErrorBudget;
import dev.serin.engine.traffic.SampleRatio;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What all the evidence of a rollout says at one moment.
///
/// @param current the findings of the step in force, in the plan's order
/// @param late breaches that were found in the evidence of earlier steps
/// @param baseline the same conditions asked of the baseline in the step in force; relative ones rest
/// @param calls candidate calls of the step in force
/// @param rate candidate calls a second in the step in force
/// @param exposed what the candidate has cost so far, over all steps
/// @param blocks why the rollout may not go on although no condition of the step says so: the split, a
///     quota, labels of one arm that stay away, a source that fails, or an earlier step's breach that
///     only asks, each by a name that a person can waive or settle
public record Judgement(
        List<Finding> current,
        List<Finding> late,
        List<Finding> baseline,
        long calls,
        double rate,
        Exposed exposed,
        List<Block> blocks) {

    /// What the candidate has cost.
    ///
    /// @param calls answered by the candidate
    /// @param badCalls of these, known to be bad in any way
    /// @param usd spent on those whose cost is known
    public record Exposed(long calls, long badCalls, double usd) {}

    /// Something other than a condition that stands in the way.
    ///
    /// @param name what a person waives or settles
    /// @param asks whether it pauses the rollout at once
    public record Block(String name, String why, boolean asks) {}

    /// The part of the calls that names a quota of the provider as used up.
    static final String QUOTA = "insufficient_quota";

    /// Names the split of the keys.
    static final String SPLIT = "sample_ratio";

    /// Names the part of the labels that came back.
    static final String LABELS = "label_ratio";

    /// Names the source that counts the calls elsewhere.
    public static final String SOURCE = "source";

    /// Names what an earlier step asks late.
    private static final String LATE = "late in step ";

    public Judgement {
        current = List.copyOf(current);
        late = List.copyOf(late);
        baseline = List.copyOf(baseline);
        blocks = List.copyOf(blocks);
    }

    static Judgement of(Plan plan, int step, Evidence evidence, Instant entered, Instant now) {
        var here = here(step, evidence, entered);
        return of(
                plan,
                here,
                evidence,
                current(plan, here, evidence, now, Detail.WHOLE),
                late(plan, here.step(), evidence, now, Detail.WHOLE),
                Judge.baseline(plan.conditions(), strictness(plan), here, now),
                now);
    }

    /// As much of it as a decision reads: of the baseline only the breaches, and those only where it
    /// is measured alone or something of the candidate's is broken.
    static Judgement toDecide(
            Plan plan, int step, Evidence evidence, Instant entered, Instant now, Detail detail) {
        var here = here(step, evidence, entered);
        var current = current(plan, here, evidence, now, detail);
        var late = late(plan, here.step(), evidence, now, detail);
        boolean asksBaseline =
                !plan.step(here.step()).reachesCandidate()
                        || !late.isEmpty()
                        || current.stream().anyMatch(Breached.class::isInstance);
        return of(
                plan,
                here,
                evidence,
                current,
                late,
                asksBaseline
                        ? Judge.baselineBreaches(
                                plan.conditions(), strictness(plan), here, now, detail)
                        : List.of(),
                now);
    }

    private static StepEvidence here(int step, Evidence evidence, Instant entered) {
        return evidence.of(step).orElseGet(() -> StepEvidence.silent(step, entered));
    }

    private static Judgement of(
            Plan plan,
            StepEvidence here,
            Evidence evidence,
            List<Finding> current,
            List<Late> late,
            List<Finding> baseline,
            Instant now) {
        long calls = here.candidateCounts(new Track.Calls()).n();
        return new Judgement(
                current,
                late.stream().map(Late::breach).toList(),
                baseline,
                calls,
                perSecond(calls, here.start(), now),
                exposed(evidence),
                blocks(plan, here, late, evidence.unheard(), now));
    }

    private static List<Finding> current(
            Plan plan, StepEvidence here, Evidence evidence, Instant now, Detail detail) {
        var findings = judged(plan, here, now, detail);
        return plan.step(here.step()).reachesCandidate()
                ? unlessExhausted(findings, exhausted(plan, evidence, now))
                : findings;
    }

    /// The first breach that rolls back, if there is one: in the step in force, or found late in an
    /// earlier one.
    Optional<Breached> fatal() {
        var all = new ArrayList<>(current);
        all.addAll(late);
        return all.stream()
                .filter(Breached.class::isInstance)
                .map(Breached.class::cast)
                .filter(breach -> breach.condition().then() == Condition.Consequence.ROLL_BACK)
                .findFirst();
    }

    /// Breaches in the step in force that ask a person.
    List<Breached> asking() {
        return current.stream()
                .filter(Breached.class::isInstance)
                .map(Breached.class::cast)
                .filter(breach -> asks(breach.condition()))
                .toList();
    }

    private static boolean asks(Condition condition) {
        return condition.then() == Condition.Consequence.ASK;
    }

    /// Deciding conditions that keep the share from rising, when those in `waived` may be unsure.
    List<Finding> open(Set<String> waived) {
        return current.stream()
                .filter(finding -> finding.condition().decides())
                .filter(finding -> !passes(finding, waived))
                .toList();
    }

    /// Without the blocks that asked a person who said to go on. What did not ask stays: only a waiver
    /// passes it over.
    Judgement settled(Set<String> names) {
        var left =
                blocks.stream()
                        .filter(block -> !(block.asks() && names.contains(block.name())))
                        .toList();
        return new Judgement(current, late, baseline, calls, rate, exposed, left);
    }

    /// Those of the names that a person waived or settled which hold in later steps too.
    static Set<String> lasting(Set<String> names) {
        return names.stream()
                .filter(name -> name.startsWith(LATE))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Blocks that are not waived by name.
    List<Block> blocking(Set<String> waived) {
        return blocks.stream().filter(block -> !waived.contains(block.name())).toList();
    }

    /// Whether the baseline breaks the same limit in the same step.
    boolean baselineBreaks(Condition condition) {
        return baseline.stream()
                .anyMatch(finding ->
                        finding instanceof Breached && finding.condition().equals(condition));
    }

    private static boolean passes(Finding finding, Set<String> waived) {
        return switch (finding) {
            case Met _, Resting _ -> true;
            case Unsure unsure -> waived.contains(unsure.condition().text());
            case Breached _ -> false;
        };
    }

    /// What one step's evidence says of each condition, in the plan's order.
    public static List<Finding> judged(Plan plan, StepEvidence evidence, Instant now) {
        return judged(plan, evidence, now, Detail.WHOLE);
    }

    private static List<Finding> judged(
            Plan plan, StepEvidence evidence, Instant now, Detail detail) {
        var step = plan.step(evidence.step());
        if (!step.reachesCandidate()) {
            return plan.conditions().stream().<Finding>map(Judgement::restsInBaselineStep).toList();
        }
        boolean full = step.share().equals(Share.ALL);
        var findings =
                Judge.candidate(plan.conditions(), strictness(plan), evidence, full, now, detail);
        boolean copied = evidence.candidateCounts(new Track.Calls()).n() >= copiesToRest(plan);
        return step.isShadow() && copied
                ? findings.stream().map(finding -> restsWithoutLabels(finding, evidence)).toList()
                : findings;
    }

    /// So many copies that some of them were chosen to be labelled, if any of them are.
    private static double copiesToRest(Plan plan) {
        var labels = plan.labels();
        return labels == null
                ? plan.rules().minCalls()
                : plan.rules().minCalls() / labels.share().fraction();
    }

    /// Copies' answers are thrown away. Where nobody labelled one all the same, and none was chosen for
    /// it, nobody will.
    private static Finding restsWithoutLabels(Finding finding, StepEvidence evidence) {
        var label = finding.condition().metric().label();
        return finding instanceof Unsure
                        && label != null
                        && finding.estimate().calls() == 0
                        && evidence.candidateCounts(new Track.Chosen(label)).n() == 0
                ? new Resting(
                        finding.condition(),
                        Estimate.NONE,
                        finding.arms(),
                        "nobody labels the copies of a shadow step")
                : finding;
    }

    private static Finding restsInBaselineStep(Condition condition) {
        return new Resting(
                condition,
                Estimate.NONE,
                Finding.Arms.NONE,
                "this step measures the baseline alone");
    }

    /// A breach in the evidence of an earlier step.
    private record Late(int step, Finding breach) {

        /// What a person settles or waives, and why it asks them.
        Block asks(Plan plan) {
            var name = plan.step(step).name();
            return new Block(
                    "%s%s: %s".formatted(LATE, name, breach.condition().text()),
                    Reasons.late(name, breach),
                    true);
        }
    }

    private static List<Late> late(
            Plan plan, int current, Evidence evidence, Instant now, Detail detail) {
        return evidence.steps().stream()
                .filter(earlier -> earlier.step() < current)
                .flatMap(earlier ->
                        breaches(plan, earlier, now, detail).stream()
                                .map(breach -> new Late(earlier.step(), breach)))
                .toList();
    }

    /// The breaches among [#judged].
    private static List<Finding> breaches(
            Plan plan, StepEvidence evidence, Instant now, Detail detail) {
        var step = plan.step(evidence.step());
        boolean full = step.share().equals(Share.ALL);
        return step.reachesCandidate()
                ? Judge.breaches(plan.conditions(), strictness(plan), evidence, full, now, detail)
                : List.of();
    }

    /// How sure a finding has to be under this plan: the chance of a wrong rollback is shared by its
    /// conditions and steps (statistics.md 1.3).
    public static Strictness strictness(Plan plan) {
        var rules = plan.rules();
        var labels = plan.labels();
        int tests = Math.max(1, plan.deciding() * plan.judgedSteps());
        return new Strictness(
                rules.alpha() / tests,
                rules.beta(),
                rules.margin(),
                rules.minCalls(),
                labels == null ? null : labels.deadline());
    }

    private static double perSecond(long calls, Instant start, Instant now) {
        var seconds = Duration.between(start, now).toMillis() / 1000.0;
        return seconds > 0 ? calls / seconds : 0;
    }

    private static Exposed exposed(Evidence evidence) {
        var all =
                evidence.steps().stream()
                        .map(step -> step.candidate(Judgement::isOfExposure))
                        .reduce(Tallies.NONE, Tallies::plus);
        var calls = all.counts(new Track.Calls());
        return new Exposed(calls.n(), calls.bad(), all.spent().sum());
    }

    private static boolean isOfExposure(Track track) {
        return track instanceof Track.Calls || Tallies.isCost(track);
    }

    private static List<Block> blocks(
            Plan plan, StepEvidence here, List<Late> late, @Nullable String unheard, Instant now) {
        var blocks = new ArrayList<Block>();
        if (unheard != null) {
            blocks.add(new Block(SOURCE, unheard, false));
        }
        var quota = here.candidateCounts(new Track.Failures(QUOTA));
        if (quota.n() > 0) {
            blocks.add(new Block(QUOTA, Reasons.quota(quota.n()), true));
        }
        late.stream()
                .filter(each -> asks(each.breach().condition()))
                .forEach(each -> blocks.add(each.asks(plan)));
        var share = plan.step(here.step()).share();
        if (here.splitByServer()) {
            long candidate = here.candidateCounts(new Track.Keys()).n();
            long baseline = here.baselineCounts(new Track.Keys()).n();
            var split = SampleRatio.of(share.fraction(), candidate, baseline);
            if (split.state() == SampleRatio.State.SKEWED) {
                blocks.add(new Block(SPLIT, Reasons.skewed(share, candidate, baseline), false));
            }
        }
        var labels = plan.labels();
        if (labels != null) {
            labelsOf(plan)
                    .forEach((label, metric) -> {
                        var came = Labelling.of(metric, here, labels.deadline(), now);
                        if (differs(came)) {
                            blocks.add(new Block(LABELS, Reasons.labelSkew(label, came), false));
                        }
                    });
        }
        return blocks;
    }

    /// The metrics of the plan's conditions that decide, by the label that they read.
    private static Map<String, Metric> labelsOf(Plan plan) {
        var byLabel = new TreeMap<String, Metric>();
        for (var condition : plan.conditions()) {
            var label = condition.metric().label();
            if (condition.decides() && label != null) {
                byLabel.put(label, condition.metric());
            }
        }
        return byLabel;
    }

    /// Whether the labels of one arm come back more often than the other's: held against the chosen
    /// calls, of which both arms may have any number. Labels that come back to a fixed number of
    /// chosen calls scatter less than the evidence allows for, so it errs to silence.
    private static boolean differs(Labelling came) {
        long candidate = came.candidate().chosen();
        long baseline = came.baseline().chosen();
        if (candidate == 0 || baseline == 0) {
            return false;
        }
        double share = (double) candidate / (candidate + baseline);
        return SampleRatio.of(share, came.candidate().labelled(), came.baseline().labelled())
                        .state()
                == SampleRatio.State.SKEWED;
    }

    /// What is left of the candidate's budgets; the first that is used up, in words.
    private static Optional<String> exhausted(Plan plan, Evidence evidence, Instant now) {
        var total = plan.errorBudget();
        if (total != null) {
            var state = new ErrorBudget(total).of(evidence);
            if (state.isExhausted()) {
                return Optional.of(Reasons.exhausted("error budget", state));
            }
        }
        return plan.objectives().stream()
                .map(objective -> Map.entry(objective, ErrorBudget.of(objective, evidence, now)))
                .filter(entry -> entry.getValue().isExhausted())
                .map(entry -> Reasons.exhausted(entry.getKey().indicator().key(), entry.getValue()))
                .findFirst();
    }

    /// No page shows "budget exhausted" beside "promoted": nothing is met while the candidate has no
    /// budget left. Where all that decides rests, nothing rests either.
    private static List<Finding> unlessExhausted(
            List<Finding> findings, Optional<String> exhausted) {
        boolean rests =
                findings.stream()
                        .filter(finding -> finding.condition().decides())
                        .allMatch(Resting.class::isInstance);
        return exhausted
                .map(why -> findings.stream().map(finding -> unsure(finding, why, rests)).toList())
                .orElse(findings);
    }

    private static Finding unsure(Finding finding, String why, boolean rests) {
        return switch (finding) {
            case Met(var condition, var estimate, var arms) when condition.decides() ->
                    new Unsure(condition, estimate, arms, why, null);
            case Resting(var condition, var estimate, var arms, _)
                    when rests && condition.decides() ->
                    new Unsure(condition, estimate, arms, why, null);
            case Met _, Breached _, Unsure _, Resting _ -> finding;
        };
    }
}
