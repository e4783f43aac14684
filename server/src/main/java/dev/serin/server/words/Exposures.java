package dev.serin.server.words;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.rollout.Judgement;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.evidence.ForcedCalls;
import dev.serin.web.rollout.BadCall;
import dev.serin.web.rollout.BadList;
import dev.serin.web.rollout.ExposureView;
import dev.serin.web.rollout.Fact;
import dev.serin.web.words.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who and what has met the candidate.
public final class Exposures {

    /// Less is what sums of floating point leave over, in USD.
    private static final double NO_MONEY = 1e-9;

    private Exposures() {}

    public static ExposureView of(
            Plan plan,
            Evidence evidence,
            Map<Arm, ForcedCalls.Met> forced,
            List<BadCall> newest,
            @Nullable BadList bad) {
        var all = all(evidence, Arm.CANDIDATE);
        var exposed = exposed(all);
        long people = people(evidence);
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("Calls", Numbers.count(exposed.calls()), ""));
        facts.add(people(people));
        facts.add(new Fact("Bad answers", Numbers.count(exposed.badCalls()), allowed(plan)));
        facts.add(money(plan, all, exposed));
        if (plan.forced() != null || !forced.isEmpty()) {
            facts.add(forced("Always the candidate", forced, Arm.CANDIDATE));
            facts.add(forced("Never the candidate", forced, Arm.BASELINE));
        }
        return new ExposureView(
                sentence(exposed, people, classes(all)) + meanwhile(evidence), facts, newest, bad);
    }

    /// In a cell: `1,204 calls, 31 bad, $38`.
    public static String words(Judgement.Exposed exposed) {
        return exposed.calls() == 0
                ? "no calls"
                : "%s calls, %s".formatted(Numbers.count(exposed.calls()), badAndMoney(exposed));
    }

    /// Under the calls: `31 bad, $38`; empty where there are none.
    public static String badAndMoney(Judgement.Exposed exposed) {
        if (exposed.calls() == 0) {
            return "";
        }
        return exposed.usd() > 0
                ? "%s bad, %s"
                        .formatted(Numbers.count(exposed.badCalls()), Numbers.usd(exposed.usd()))
                : Numbers.count(exposed.badCalls()) + " bad";
    }

    /// Beside what waits for somebody; empty where nothing has met the candidate.
    public static String met(Judgement.Exposed exposed) {
        return exposed.calls() == 0 ? "" : "Met the candidate: %s.".formatted(words(exposed));
    }

    /// What one arm answered in all steps.
    ///
    /// @param people of those whose keys were told, at least; 0 where none was
    /// @param usd NaN where the cost of no call is known
    /// @param usdEach mean of the calls whose cost is known; NaN without any
    public record Answered(long calls, long people, long badCalls, double usd, double usdEach) {}

    /// The same; empty where nobody knows any more. Evidence is let go of by its age, and of what it was, the
    /// candidate's calls, bad answers and money alone are kept for good.
    ///
    /// @param judged what the last look at the evidence found
    public static Optional<Answered> answered(Judgement judged, Evidence evidence, Arm arm) {
        var last = judged.exposed();
        boolean isGone =
                last.calls() > 0
                        && counts(evidence, Arm.CANDIDATE, new Track.Calls()).n() == 0
                        && counts(evidence, Arm.BASELINE, new Track.Calls()).n() == 0;
        if (!isGone) {
            return Optional.of(answered(evidence, arm));
        }
        double usd = last.usd() > 0 ? last.usd() : Double.NaN;
        return arm == Arm.BASELINE
                ? Optional.empty()
                : Optional.of(new Answered(last.calls(), 0, last.badCalls(), usd, Double.NaN));
    }

    private static Answered answered(Evidence evidence, Arm arm) {
        var all = all(evidence, arm);
        var exposed = exposed(all);
        double each = Gates.costPerCall(all);
        return new Answered(
                exposed.calls(),
                people(evidence, arm),
                exposed.badCalls(),
                Double.isNaN(each) ? Double.NaN : exposed.usd(),
                each);
    }

    /// What followed from asking the candidate instead of the baseline, in the steps in which both
    /// answered callers, the baseline as many as its plan judges by: its calls less what they would have met
    /// at their step's baseline's rates.
    ///
    /// @param calls of the candidate that have a baseline beside them
    /// @param badCalls more bad answers; below 0 for fewer; NaN without such calls
    /// @param usd more money; below 0 for less; NaN where a cost is not known
    public record Consequence(long calls, double badCalls, double usd) {}

    public static Consequence consequence(Plan plan, Evidence evidence) {
        long calls = 0;
        double bad = 0;
        double usd = 0;
        for (var step : evidence.steps()) {
            var candidate = counts(step, Arm.CANDIDATE, new Track.Calls());
            var baseline = counts(step, Arm.BASELINE, new Track.Calls());
            boolean isBeside = baseline.n() >= plan.rules().minCalls();
            if (candidate.n() > 0 && isBeside && !plan.step(step.step()).isShadow()) {
                calls += candidate.n();
                bad += candidate.bad() - (double) candidate.n() * baseline.bad() / baseline.n();
                usd +=
                        candidate.n()
                                * (Gates.costPerCall(step.candidate())
                                        - Gates.costPerCall(step.baseline()));
            }
        }
        return calls == 0
                ? new Consequence(0, Double.NaN, Double.NaN)
                : new Consequence(calls, bad, usd);
    }

    /// The same in words: `about 12 more bad answers in 1,400 calls, $31 more`.
    public static String words(Consequence consequence) {
        if (consequence.calls() == 0) {
            return Numbers.NOT_KNOWN;
        }
        long bad = Math.round(consequence.badCalls());
        var more =
                bad == 0
                        ? "about as many bad answers"
                        : "about %s %s bad %s"
                                .formatted(
                                        Numbers.count(Math.abs(bad)),
                                        bad > 0 ? "more" : "fewer",
                                        Math.abs(bad) == 1 ? "answer" : "answers");
        var answers =
                "%s in %s %s"
                        .formatted(
                                more,
                                Numbers.count(consequence.calls()),
                                consequence.calls() == 1 ? "call" : "calls");
        double usd = consequence.usd();
        if (Double.isNaN(usd)) {
            return answers;
        }
        return Math.abs(usd) < NO_MONEY
                ? answers + ", as much money"
                : "%s, %s %s"
                        .formatted(answers, Numbers.usd(Math.abs(usd)), usd < 0 ? "less" : "more");
    }

    /// What one arm answered: `3,345 calls, 3,000 people, 265 bad, $7.0`; empty where that is
    /// nothing.
    private static String baseline(Evidence evidence) {
        var exposed = exposed(all(evidence, Arm.BASELINE));
        if (exposed.calls() == 0) {
            return "";
        }
        long people = people(evidence, Arm.BASELINE);
        return "%s calls%s, %s"
                .formatted(
                        Numbers.count(exposed.calls()),
                        people == 0 ? "" : ", %s people".formatted(Numbers.count(people)),
                        badAndMoney(exposed));
    }

    private static String meanwhile(Evidence evidence) {
        var baseline = baseline(evidence);
        return baseline.isEmpty() ? "" : " The baseline meanwhile: %s.".formatted(baseline);
    }

    /// The same in lines for whoever is about to approve.
    public static List<String> lines(Evidence evidence) {
        long people = people(evidence);
        var exposed = exposed(all(evidence, Arm.CANDIDATE));
        return List.of(
                "The candidate has answered %s calls%s, %s of them bad."
                                .formatted(
                                        Numbers.count(exposed.calls()),
                                        people == 0
                                                ? ""
                                                : " of %s people".formatted(Numbers.count(people)),
                                        Numbers.count(exposed.badCalls()))
                        + meanwhile(evidence));
    }

    /// People who met the candidate: those of the step that reached most, since a later step keeps
    /// who was in an earlier one. 0 where keys are not known.
    public static long people(Evidence evidence) {
        return people(evidence, Arm.CANDIDATE);
    }

    private static long people(Evidence evidence, Arm arm) {
        return evidence.steps().stream()
                .mapToLong(step -> counts(step, arm, new Track.Keys()).n())
                .max()
                .orElse(0);
    }

    /// What was counted of one arm on one track, in all steps.
    public static Tally.Counts counts(Evidence evidence, Arm arm, Track track) {
        return evidence.steps().stream()
                .map(step -> counts(step, arm, track))
                .reduce(Tally.Counts.NONE, Tally.Counts::plus);
    }

    private static Tally.Counts counts(StepEvidence step, Arm arm, Track track) {
        return switch (arm) {
            case BASELINE -> step.baselineCounts(track);
            case CANDIDATE -> step.candidateCounts(track);
        };
    }

    private static Tallies all(Evidence evidence, Arm arm) {
        return evidence.steps().stream()
                .map(arm == Arm.BASELINE ? StepEvidence::baseline : StepEvidence::candidate)
                .reduce(Tallies.NONE, Tallies::plus);
    }

    private static Judgement.Exposed exposed(Tallies all) {
        var calls = all.counts(new Track.Calls());
        return new Judgement.Exposed(calls.n(), calls.bad(), all.spent().sum());
    }

    private static Fact people(long people) {
        return people == 0
                ? new Fact("People", Numbers.NOT_KNOWN, "no keys were told")
                : new Fact("People", Numbers.count(people), "at least");
    }

    private static Fact forced(String who, Map<Arm, ForcedCalls.Met> forced, Arm arm) {
        var met = forced.getOrDefault(arm, ForcedCalls.Met.NOTHING);
        var people = met.keys() == 0 ? "" : " of %s people".formatted(Numbers.count(met.keys()));
        var money = met.priced() == 0 ? "" : ", " + Numbers.usd(met.usd());
        return new Fact(
                who,
                "%s calls%s".formatted(Numbers.count(met.calls()), people),
                "%s bad%s; by the plan, not the split: never judged"
                        .formatted(Numbers.count(met.bad()), money));
    }

    private static String allowed(Plan plan) {
        var cap = plan.exposure();
        var most = cap == null ? null : cap.badCalls();
        return most == null ? "" : "of %s allowed".formatted(Numbers.count(most));
    }

    private static Fact money(Plan plan, Tallies all, Judgement.Exposed exposed) {
        var cap = plan.exposure();
        var most = cap == null ? null : cap.usd();
        var allowed = most == null ? "" : "of %s allowed".formatted(Numbers.usdLimit(most));
        if (Double.isNaN(Gates.costPerCall(all))) {
            return new Fact("Money", Numbers.NOT_KNOWN, allowed);
        }
        var each = "%s a call".formatted(Numbers.usd(Gates.costPerCall(all)));
        return new Fact(
                "Money",
                Numbers.usd(exposed.usd()),
                allowed.isEmpty() ? each : each + ", " + allowed);
    }

    private static String sentence(
            Judgement.Exposed exposed, long people, Map<String, Long> classes) {
        if (exposed.calls() == 0) {
            return "Nobody has met the candidate yet.";
        }
        var who =
                people == 0
                        ? "The candidate has answered %s calls"
                                .formatted(Numbers.count(exposed.calls()))
                        : "%s people met the candidate in %s calls"
                                .formatted(Numbers.count(people), Numbers.count(exposed.calls()));
        var failures =
                classes.isEmpty()
                        ? ""
                        : " Failures: %s."
                                .formatted(
                                        classes.entrySet().stream()
                                                .map(one ->
                                                        "%s × %s"
                                                                .formatted(
                                                                        Numbers.count(
                                                                                one.getValue()),
                                                                        one.getKey()))
                                                .collect(Collectors.joining(", ")));
        return "%s; %s of them %s bad.%s"
                .formatted(
                        who,
                        Numbers.count(exposed.badCalls()),
                        exposed.badCalls() == 1 ? "was" : "were",
                        failures);
    }

    private static Map<String, Long> classes(Tallies all) {
        var classes = new TreeMap<String, Long>();
        for (var track : all.byTrack().keySet()) {
            if (track instanceof Track.Failures(var errorClass)) {
                classes.put(errorClass, all.counts(track).n());
            }
        }
        return classes;
    }
}
