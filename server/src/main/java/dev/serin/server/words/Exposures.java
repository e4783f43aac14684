package dev.serin.server.words;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Track;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.rollout.Judgement;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.evidence.ForcedCalls;
import dev.serin.web.rollout.BadCall;
import dev.serin.web.rollout.ExposureView;
import dev.serin.web.rollout.Fact;
import dev.serin.web.words.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Who and what has met the candidate.
public final class Exposures {

    private Exposures() {}

    public static ExposureView of(
            Plan plan, Evidence evidence, Map<Arm, ForcedCalls.Met> forced, List<BadCall> newest) {
        var all = candidate(evidence);
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
                sentence(exposed, people, classes(all)) + meanwhile(evidence), facts, newest);
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

    /// What one arm answered: `3,345 calls, 3,000 people, 265 bad, $7.0`; empty where that is
    /// nothing.
    public static String baseline(Evidence evidence) {
        var all =
                evidence.steps().stream()
                        .map(StepEvidence::baseline)
                        .reduce(Tallies.NONE, Tallies::plus);
        var exposed = exposed(all);
        if (exposed.calls() == 0) {
            return "";
        }
        long people =
                evidence.steps().stream()
                        .mapToLong(step -> step.baseline().counts(new Track.Keys()).n())
                        .max()
                        .orElse(0);
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
        var exposed = exposed(candidate(evidence));
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
        return evidence.steps().stream()
                .mapToLong(step -> step.candidate().counts(new Track.Keys()).n())
                .max()
                .orElse(0);
    }

    private static Tallies candidate(Evidence evidence) {
        return evidence.steps().stream()
                .map(StepEvidence::candidate)
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
