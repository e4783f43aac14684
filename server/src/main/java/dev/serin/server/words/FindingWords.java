package dev.serin.server.words;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Estimate;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.Metric;
import dev.serin.web.chart.Interval;
import dev.serin.web.chart.Strip;
import dev.serin.web.rollout.FindingView;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Times;
import dev.serin.web.words.Tone;
import dev.serin.web.words.Unit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A finding as a line, as a picture, and as a part of a sentence.
public final class FindingWords {

    private FindingWords() {}

    public static FindingView line(Finding finding) {
        return new FindingView(
                MetricWords.condition(finding.condition()),
                MetricWords.name(finding.condition().metric()),
                tone(finding),
                state(finding),
                numbers(finding));
    }

    /// The same of a moment that is past: nobody waits for more calls any longer.
    public static Finding past(Finding finding) {
        return finding instanceof Finding.Unsure(var condition, var seen, var arms, var why, _)
                ? new Finding.Unsure(condition, seen, arms, why, null)
                : finding;
    }

    public static Tone tone(Finding finding) {
        return switch (finding) {
            case Finding.Met _ -> Tone.MET;
            case Finding.Breached _ -> Tone.BREACHED;
            case Finding.Unsure _ -> Tone.UNSURE;
            case Finding.Resting _ -> Tone.QUIET;
        };
    }

    public static String state(Finding finding) {
        return switch (finding) {
            case Finding.Met _ -> "met";
            case Finding.Breached _ -> "breached";
            case Finding.Unsure _ -> "unsure";
            case Finding.Resting _ -> "rests";
        };
    }

    /// Estimate, calls, interval and limit; and what is missing, where something is.
    public static String numbers(Finding finding) {
        var known = estimate(finding.condition(), finding.estimate());
        var limit = "limit " + MetricWords.limitText(finding.condition());
        return switch (finding) {
            case Finding.Met _ -> known + ", " + limit;
            case Finding.Breached(_, _, _, var since) ->
                    (since == null ? "" : "since " + Times.exact(since) + ": ")
                            + known
                            + ", "
                            + limit;
            case Finding.Unsure(_, var estimate, _, var why, var need) ->
                    (estimate.isKnown() ? known + ", " + limit + "; " : limit + "; ")
                            + (need == null ? why : need(finding.condition(), estimate, need));
            case Finding.Resting(_, _, _, var why) -> limit + "; " + why;
        };
    }

    /// What is still missing, in a few words: `hallucinations: 61 of about 93 labels, about 20 s`.
    public static String shortly(Finding finding) {
        var name =
                MetricWords.inSentence(finding.condition().metric())
                        + (finding.condition().isRelative() ? " against the baseline" : "");
        return switch (finding) {
            case Finding.Unsure(var condition, var estimate, _, _, var need) when need != null ->
                    name + ": " + need(condition, estimate, need);
            case Finding.Unsure unsure -> name + ": " + unsure.why();
            case Finding.Met met -> name + " " + value(met);
            case Finding.Breached breached -> name + " " + value(breached);
            case Finding.Resting resting -> name + ": " + resting.why();
        };
    }

    /// The estimate with its calls and its interval: `1.9 % of 412 (0.9 % to 3.6 %)`.
    public static String estimate(Condition condition, Estimate seen) {
        if (!seen.isKnown()) {
            return "no " + MetricWords.samples(condition.metric()) + " yet";
        }
        var unit = MetricWords.unit(condition);
        var against = condition.isRelative() ? " against the baseline" : "";
        return "%s of %s%s (%s)"
                .formatted(
                        unit.print(seen.value()),
                        calls(condition.metric(), unit, seen.calls()),
                        against,
                        interval(unit, seen));
    }

    /// An arm's own value in the metric's unit, with its calls: `1.7 % of 7,810`.
    public static String own(Metric metric, @Nullable Estimate seen) {
        if (seen == null || !seen.isKnown()) {
            return Numbers.NOT_KNOWN;
        }
        var unit = MetricWords.unit(metric);
        return unit.print(seen.value()) + " of " + calls(metric, unit, seen.calls());
    }

    /// The interval alone: `0.9 % to 3.6 %`, `over 5.1 s`.
    public static String interval(Unit unit, Estimate seen) {
        boolean below = Double.isInfinite(seen.low());
        boolean above = Double.isInfinite(seen.high());
        if (below && above) {
            return "nothing bounds it yet";
        }
        if (above) {
            return "at least " + unit.print(seen.low());
        }
        return below
                ? "at most " + unit.print(seen.high())
                : unit.print(seen.low()) + " to " + unit.print(seen.high());
    }

    public static Strip strip(Finding finding) {
        var condition = finding.condition();
        return new Strip(
                "%s: %s, %s"
                        .formatted(
                                MetricWords.name(condition.metric()),
                                state(finding),
                                numbers(finding)),
                MetricWords.unit(condition),
                MetricWords.limit(condition),
                condition.side() == Condition.Side.AT_LEAST,
                interval(finding.estimate()),
                condition.isRelative() ? null : interval(finding.arms().baseline()),
                tone(finding));
    }

    /// An estimate as a picture takes it; null when nothing is known.
    public static @Nullable Interval interval(@Nullable Estimate seen) {
        return seen == null || !seen.isKnown()
                ? null
                : new Interval(seen.low(), seen.value(), seen.high(), seen.calls());
    }

    /// The finding that a person should look at first: a breach, then what is unsure, then the one
    /// nearest to its limit.
    public static Optional<Finding> worst(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> !(finding instanceof Finding.Resting))
                .max(
                        Comparator.comparingInt(FindingWords::weight)
                                .thenComparingDouble(FindingWords::nearness));
    }

    private static String value(Finding finding) {
        return MetricWords.unit(finding.condition()).print(finding.estimate().value());
    }

    private static String calls(Metric metric, Unit unit, long calls) {
        var count = Numbers.count(calls);
        if (metric.label() != null) {
            return count + " labelled";
        }
        return unit == Unit.RATE || unit == Unit.POINTS ? count : count + " calls";
    }

    private static String need(Condition condition, Estimate estimate, Finding.Need need) {
        var samples = MetricWords.samples(condition.metric());
        var time = need.time();
        var when = time == null ? "" : ", about " + Numbers.brief(roughly(time));
        return "%s of about %s %s%s"
                .formatted(
                        Numbers.count(estimate.calls()),
                        Numbers.count(estimate.calls() + need.calls()),
                        samples,
                        when);
    }

    private static java.time.Duration roughly(java.time.Duration time) {
        return time.toSeconds() < 1
                ? java.time.Duration.ofSeconds(1)
                : time.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    }

    private static int weight(Finding finding) {
        return switch (finding) {
            case Finding.Breached _ -> 3;
            case Finding.Unsure _ -> 2;
            case Finding.Met _ -> 1;
            case Finding.Resting _ -> 0;
        };
    }

    /// The unfavourable end of the interval as a part of the limit; 1 is at it.
    private static double nearness(Finding finding) {
        var condition = finding.condition();
        double limit = MetricWords.limit(condition);
        double near =
                condition.side() == Condition.Side.AT_LEAST
                        ? finding.estimate().high() / limit
                        : limit / Math.max(1e-12, finding.estimate().low());
        return Double.isNaN(near) ? 0 : near;
    }
}
