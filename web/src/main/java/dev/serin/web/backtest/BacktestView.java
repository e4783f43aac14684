package dev.serin.web.backtest;

import dev.serin.web.plan.NewPlanView;
import dev.serin.web.rollout.FindingView;
import dev.serin.web.words.Tone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run and what another plan would have made of it.
///
/// @param run the run's id
/// @param sentence what the other plan would have done, or what to do
/// @param plan the other plan as it was typed
/// @param problems what keeps it from being read, or is worth knowing
/// @param result null until a plan was judged
public record BacktestView(
        String run,
        String route,
        String baseline,
        String candidate,
        Tone tone,
        String sentence,
        String plan,
        List<NewPlanView.Problem> problems,
        @Nullable Result result) {

    public BacktestView {
        problems = List.copyOf(problems);
    }

    /// What happened, and what would have; empty until a plan was judged.
    public List<Side> sides() {
        return result == null ? List.of() : List.of(result.recorded(), result.other());
    }

    /// Both side by side.
    ///
    /// @param fewer what the other plan would have spared, in a sentence
    /// @param unknown what the run cannot answer, in sentences
    public record Result(
            Side recorded, Side other, String fewer, List<StepLine> steps, List<String> unknown) {

        public Result {
            steps = List.copyOf(steps);
            unknown = List.copyOf(unknown);
        }
    }

    /// What happened, or would have.
    ///
    /// @param title `What happened` or `Under the other plan`
    /// @param outcome in a word or two
    /// @param took from the start to that
    /// @param exposed calls, bad ones and money, in words
    public record Side(
            String title, Tone tone, String outcome, String reason, String took, String exposed) {}

    /// A step of the other plan.
    ///
    /// @param matched the run's step that it was judged on, in words
    public record StepLine(
            String name,
            String share,
            String matched,
            String lasted,
            String calls,
            List<FindingView> findings) {

        public StepLine {
            findings = List.copyOf(findings);
        }
    }
}
