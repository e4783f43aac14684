package dev.serin.server.words;

import dev.serin.server.judging.JudgeState;
import dev.serin.web.rollout.Fact;
import dev.serin.web.words.Numbers;
import java.util.ArrayList;
import java.util.List;

/// How the judge of a rollout's answers does.
public final class JudgeWords {

    private JudgeWords() {}

    public static Fact fact(JudgeState judge) {
        var trouble = judge.trouble();
        return new Fact(
                "Judge " + judge.model(),
                trouble == null || judge.labelled() > 0
                        ? Numbers.count(judge.labelled()) + " answers labelled"
                        : "no labels",
                (trouble == null ? "" : "the newest got none: " + trouble + "; ") + counts(judge));
    }

    private static String counts(JudgeState judge) {
        var parts = new ArrayList<String>();
        add(parts, judge.unreadable(), "answered with something else");
        add(parts, judge.failed(), "not answered");
        add(parts, judge.leftOut(), "left out");
        parts.add(
                "%s of %s spent"
                        .formatted(Numbers.usd(judge.usd()), Numbers.usdLimit(judge.mostUsd())));
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(Numbers.count(count) + " " + what);
        }
    }
}
