package dev.serin.engine.judge;

import dev.serin.engine.judge.Condition.Side;
import dev.serin.engine.judge.Finding.Breached;
import dev.serin.engine.judge.Finding.Met;
import dev.serin.engine.judge.Finding.Resting;
import dev.serin.engine.judge.Finding.Unsure;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Tells a finding in one sentence, with its numbers and never a rate without its calls.
final class Sentences {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Sentences() {}

    static String of(Finding finding) {
        return verdict(finding) + labels(finding);
    }

    /// What became of the labels, unless all are there.
    private static String labels(Finding finding) {
        var labels = finding.arms().candidateLabels();
        if (labels == null || finding instanceof Resting || labels.labelled() == labels.chosen()) {
            return "";
        }
        return " %s of %s chosen %s labelled%s%s."
                .formatted(
                        Numbers.calls(labels.labelled()),
                        Numbers.calls(labels.chosen()),
                        labels.chosen() == 1 ? "call" : "calls",
                        labels.waiting() == 0
                                ? ""
                                : ", " + Numbers.calls(labels.waiting()) + " waiting",
                        labels.missing() == 0
                                ? ""
                                : ", " + Numbers.calls(labels.missing()) + " never came");
    }

    private static String verdict(Finding finding) {
        var words = Words.of(finding);
        return switch (finding) {
            case Met(var condition, var estimate, _) ->
                    "%s%s: %s %s."
                            .formatted(
                                    capital(words.seen()),
                                    between(words, estimate),
                                    kept(condition, estimate),
                                    words.limit());
            case Breached(var condition, var estimate, _, var since) -> {
                var seen = words.seen();
                yield "%s, %s: %s the limit of %s."
                        .formatted(
                                since == null
                                        ? capital(seen)
                                        : "Since " + clock(since) + ": " + seen,
                                condition.side() == Side.AT_LEAST
                                        ? "at least " + words.value(estimate.low())
                                        : "at most " + words.value(estimate.high()),
                                condition.side() == Side.AT_LEAST ? "over" : "under",
                                words.limit());
            }
            case Unsure(_, var estimate, _, var why, var need) -> {
                if (!estimate.isKnown()) {
                    yield finding.condition().text() + ": " + why + ".";
                }
                yield "%s%s; limit %s: %s."
                        .formatted(
                                capital(words.seen()),
                                between(words, estimate),
                                words.limit(),
                                need == null ? why : needed(why, need));
            }
            case Resting(_, _, _, var why) ->
                    "%s: not judged here, %s.".formatted(capital(words.name()), why);
        };
    }

    private static String needed(String why, Finding.Need need) {
        var calls =
                "about %s more %s"
                        .formatted(
                                Numbers.calls(need.calls()), need.calls() == 1 ? "call" : "calls");
        var time = need.time();
        var wait = time == null ? calls : calls + ", " + span(time) + " at this traffic";
        return why.equals(Hearing.TOO_EARLY) ? wait : why + "; " + wait;
    }

    private static String kept(Condition condition, Estimate estimate) {
        boolean within =
                switch (condition.limit()) {
                    case Limit.Absolute(double value) ->
                            condition.side() == Side.AT_LEAST
                                    ? estimate.high() <= value
                                    : estimate.low() >= value;
                    case Limit.Relative _ -> true;
                };
        if (!within) {
            return "kept within the margin of the limit of";
        }
        return condition.side() == Side.AT_LEAST
                ? "kept below the limit of"
                : "kept above the limit of";
    }

    private static String between(Words words, Estimate estimate) {
        boolean bounded = Double.isFinite(estimate.high());
        boolean based = Double.isFinite(estimate.low()) && (bounded || estimate.low() > 0);
        if (based && bounded) {
            return ", between %s and %s"
                    .formatted(words.value(estimate.low()), words.value(estimate.high()));
        }
        if (based) {
            return ", at least " + words.value(estimate.low());
        }
        return bounded ? ", at most " + words.value(estimate.high()) : "";
    }

    private static String clock(Instant at) {
        return CLOCK.format(at);
    }

    private static String span(Duration time) {
        long seconds = Math.max(1, time.toSeconds());
        if (seconds < 90) {
            return plural(seconds, "second");
        }
        if (seconds < 90 * 60) {
            return plural(Math.round(seconds / 60.0), "minute");
        }
        return seconds < 48 * 3600
                ? plural(Math.round(seconds / 3600.0), "hour")
                : plural(Math.round(seconds / 86400.0), "day");
    }

    private static String plural(long count, String unit) {
        return Numbers.calls(count) + " " + unit + (count == 1 ? "" : "s");
    }

    private static String capital(String text) {
        // A p95 stays small.
        if (text.length() > 1 && Character.isDigit(text.charAt(1))) {
            return text;
        }
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
