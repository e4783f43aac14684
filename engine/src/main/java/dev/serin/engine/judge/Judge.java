package dev.serin.engine.judge;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Judges conditions against the evidence of one step.
///
/// The evidence is always valid: looking every second costs no certainty, and the interval in a
/// finding is the one that decided (statistics.md, As the server uses it).
public final class Judge {

    private Judge() {}

    /// What the evidence says of each condition at `now`, in the conditions' order.
    ///
    /// @param fullShare whether the candidate gets all calls, so that relative conditions rest
    public static List<Finding> candidate(
            List<Condition> conditions,
            Strictness strictness,
            StepEvidence evidence,
            boolean fullShare,
            Instant now) {
        return candidate(conditions, strictness, evidence, fullShare, now, Detail.WHOLE);
    }

    /// The same verdicts, told in more or less detail.
    ///
    /// @param fullShare whether the candidate gets all calls, so that relative conditions rest
    public static List<Finding> candidate(
            List<Condition> conditions,
            Strictness strictness,
            StepEvidence evidence,
            boolean fullShare,
            Instant now,
            Detail detail) {
        var hearing = new Hearing(evidence, Whose.CANDIDATE, strictness, now, detail);
        return conditions.stream()
                .map(condition ->
                        fullShare && condition.isRelative()
                                ? hearing.resting(
                                        condition,
                                        "at full share there is no baseline to compare" + " with")
                                : hearing.finding(condition))
                .toList();
    }

    /// The same question asked of the baseline alone; relative conditions rest.
    public static List<Finding> baseline(
            List<Condition> conditions, Strictness strictness, StepEvidence evidence, Instant now) {
        var hearing = new Hearing(evidence, Whose.BASELINE, strictness, now, Detail.WHOLE);
        return conditions.stream()
                .map(condition ->
                        condition.isRelative()
                                ? hearing.resting(
                                        condition, "the baseline is not compared with itself")
                                : hearing.finding(condition))
                .toList();
    }

    /// The breaches of [#candidate] alone, in the conditions' order. Cheaper: no interval is looked
    /// for but those of breaches.
    public static List<Finding> breaches(
            List<Condition> conditions,
            Strictness strictness,
            StepEvidence evidence,
            boolean fullShare,
            Instant now,
            Detail detail) {
        return breaches(
                conditions.stream().filter(condition -> !fullShare || !condition.isRelative()),
                new Hearing(evidence, Whose.CANDIDATE, strictness, now, detail));
    }

    /// The breaches of [#baseline] alone, in the conditions' order.
    public static List<Finding> baselineBreaches(
            List<Condition> conditions,
            Strictness strictness,
            StepEvidence evidence,
            Instant now,
            Detail detail) {
        return breaches(
                conditions.stream().filter(condition -> !condition.isRelative()),
                new Hearing(evidence, Whose.BASELINE, strictness, now, detail));
    }

    private static List<Finding> breaches(Stream<Condition> conditions, Hearing hearing) {
        return conditions
                .<Finding>mapMulti((condition, told) -> hearing.breach(condition).ifPresent(told))
                .toList();
    }
}
