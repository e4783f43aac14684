package dev.serin.web.plan;

import dev.serin.web.chart.Ladder;
import dev.serin.web.words.Tone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plan that is being written.
///
/// @param text what was typed
/// @param tone of the verdict; `QUIET` before anything was checked
/// @param verdict `This plan is ready.`, `2 things keep this plan from starting.`, or what to do
/// @param problems errors and warnings by line
/// @param ladder what the plan describes, or null while it cannot be read
/// @param summary the plan in sentences: what rolls it back, where it asks; empty while it cannot
///     be read
/// @param canStart whether *Start* is offered; false for those who may not
/// @param start what the button says: `Start: 5 % of support-chat to gpt-4`
/// @param asksName whether nobody knows yet who starts it
/// @param example a plan to begin with, shown where the text is empty
public record NewPlanView(
        String text,
        Tone tone,
        String verdict,
        List<Problem> problems,
        @Nullable Ladder ladder,
        List<String> summary,
        boolean canStart,
        String start,
        boolean asksName,
        String example) {

    public NewPlanView {
        problems = List.copyOf(problems);
        summary = List.copyOf(summary);
    }

    /// Something about the plan that a person should mend or know.
    ///
    /// @param line 1 or more; 0 when it concerns the whole plan
    /// @param field `steps[2].share`, or empty
    /// @param message what is wrong
    /// @param mend what to do: `use 100 % or less`, or empty
    /// @param error whether it keeps the plan from starting; if not, it is a warning
    public record Problem(int line, String field, String message, String mend, boolean error) {}
}
