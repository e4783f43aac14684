package dev.serin.web.rollout;

import dev.serin.web.chart.Strip;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One condition now, with its picture and the newest calls that were bad for it.
///
/// @param key unique on the page, letters, digits and hyphens: `c1`
/// @param baseline the baseline's number beside it: `baseline 1.7 % of 7,810`, or null
/// @param then what a breach does where it is not a rollback: `asks a person`, `only shown`, or
///     null
/// @param bad the newest bad calls, at most 20 of each arm
/// @param lists all that were bad for it, a list for each arm that has some
/// @param labels how its labels came back, a line for each arm, and who labelled; empty where it
///     reads no labels
public record ConditionView(
        String key,
        FindingView finding,
        @Nullable String baseline,
        @Nullable String then,
        Strip strip,
        List<BadCall> bad,
        List<BadList> lists,
        List<String> labels) {

    public ConditionView {
        bad = List.copyOf(bad);
        lists = List.copyOf(lists);
        labels = List.copyOf(labels);
    }
}
