package dev.serin.web.route;

import dev.serin.web.chart.BudgetBar;
import dev.serin.web.chart.BudgetCourse;
import dev.serin.web.words.Tone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a route promised of one indicator, and what it kept.
///
/// @param key short, for ids: `o1`
/// @param name `Task success`
/// @param target `95 % of calls in 1 h`
/// @param budgets over its own window, and over 30 days
/// @param alerts the rules for its window; empty where the window is too short for any
/// @param factors why a rule asks for less than its usual factor, or null where none does
/// @param course the budget of 30 days over time, or null without calls
/// @param rows the numbers of the picture, the newest first
public record ObjectiveView(
        String key,
        String name,
        String target,
        List<Budget> budgets,
        List<Alert> alerts,
        @Nullable String factors,
        @Nullable BudgetCourse course,
        List<Row> rows) {

    public ObjectiveView {
        budgets = List.copyOf(budgets);
        alerts = List.copyOf(alerts);
        rows = List.copyOf(rows);
    }

    /// An error budget over one window.
    ///
    /// @param window `1 h`, `30 d`
    /// @param left `62 % left: 12 bad of 634 calls`
    /// @param pace `burns 1.4× as fast as it may in the last 1 h; gone in 12 d at this pace`
    public record Budget(
            String window, Tone tone, String state, String left, String pace, BudgetBar bar) {}

    /// A rule that alarms.
    ///
    /// @param rule whom it tells and when: `page: 10× over 1 min and 5 s`
    /// @param burns what it sees: `0.4× and 0.2×`
    /// @param stands what it stands for: `24 % of the budget gone when it alarms`
    public record Alert(String rule, Tone tone, String state, String burns, String stands) {}

    /// What one slot added, and what was left after it.
    public record Row(String at, String calls, String bad, String left) {}
}
