package dev.serin.web.rollout;

import dev.serin.web.chart.BudgetBar;
import dev.serin.web.words.Tone;
import java.util.List;

/// One objective of one arm with its error budget.
///
/// @param name `Task success`
/// @param target `95 % of calls in 1 h`
/// @param budgets one for each arm that has calls, the candidate first
public record ObjectiveView(String name, String target, List<Budget> budgets) {

    public ObjectiveView {
        budgets = List.copyOf(budgets);
    }

    /// What is left of the error budget.
    ///
    /// @param arm `candidate` or `baseline`
    /// @param state `healthy`, `warning`, `critical`, `exhausted`, `unknown`
    /// @param remaining `62 % left of 412 calls`
    /// @param burn `burns 1.4× in the last hour; gone in 2 h 10 min at this pace`
    public record Budget(
            String arm, Tone tone, String state, String remaining, String burn, BudgetBar bar) {}
}
