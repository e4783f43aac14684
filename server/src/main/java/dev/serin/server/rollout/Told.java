package dev.serin.server.rollout;

import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Rollout;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Entries of the journal in a few words.
final class Told {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Told() {}

    /// What was done, by whom and when: `approved by Mira at 12:00:31 UTC`.
    static String what(Entry entry) {
        return "%s by %s at %s".formatted(verb(entry), person(entry.by()), time(entry.at()));
    }

    /// What happened, to whom it happened and why, in a sentence.
    static String sentence(Entry entry, Plan plan) {
        var who = person(entry.by());
        var step = plan.step(entry.step()).name();
        return switch (entry) {
            case Entry.Started _ -> "%s started it.".formatted(who);
            case Entry.StepEntered entered ->
                    "%s entered %s: the candidate gets %s of the calls."
                            .formatted(who, step, percent(entered.share()));
            case Entry.GateOpened _ -> "The gate of %s opened: a person is asked.".formatted(step);
            case Entry.Approved approved ->
                    "%s approved %s%s%s."
                            .formatted(
                                    who,
                                    step,
                                    approved.missing() == 0
                                            ? ""
                                            : " (%d more to come)".formatted(approved.missing()),
                                    because(approved.why()));
            case Entry.Promoted promoted ->
                    "%s finished %s early%s.".formatted(who, step, because(promoted.why()));
            case Entry.Paused paused ->
                    "%s paused it in %s%s.".formatted(who, step, because(paused.why()));
            case Entry.Resumed resumed ->
                    "%s resumed %s%s.".formatted(who, step, because(resumed.why()));
            case Entry.RolledBack rolledBack ->
                    "Rolled back to %s: %s"
                            .formatted(plan.baseline(), ended(rolledBack.outcome().reason()));
            case Entry.Completed completed ->
                    "%s is the route's model. %s"
                            .formatted(plan.candidate(), ended(completed.outcome().reason()));
        };
    }

    private static String percent(Share share) {
        return BigDecimal.valueOf(share.basisPoints(), 2).stripTrailingZeros().toPlainString()
                + " %";
    }

    private static String because(String why) {
        var words = why.strip();
        while (words.endsWith(".")) {
            words = words.substring(0, words.length() - 1);
        }
        return words.isEmpty() ? "" : ": " + words;
    }

    private static String ended(String reason) {
        return reason.endsWith(".") ? reason : reason + ".";
    }

    static String person(String by) {
        return by.equals(Rollout.SERIN) ? "Serin" : by;
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    private static String verb(Entry entry) {
        return switch (entry) {
            case Entry.Started _ -> "started";
            case Entry.StepEntered _ -> "moved to its next step";
            case Entry.GateOpened _ -> "brought to its gate";
            case Entry.Approved _ -> "approved";
            case Entry.Promoted _ -> "promoted past its step";
            case Entry.Paused _ -> "paused";
            case Entry.Resumed _ -> "resumed";
            case Entry.RolledBack _ -> "rolled back";
            case Entry.Completed _ -> "completed";
        };
    }
}
