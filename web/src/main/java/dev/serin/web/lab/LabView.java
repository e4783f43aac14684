package dev.serin.web.lab;

import dev.serin.web.chart.Operating;
import dev.serin.web.chart.Outcomes;
import dev.serin.web.plan.NewPlanView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plan that is tried in the lab.
///
/// @param title of the page, its state first
/// @param sentence what came of it, or what to do
/// @param form what was asked for
/// @param problems what keeps the plan from being tried, or is worth knowing
/// @param progress of a run that goes on, or null
/// @param report what a run found, or null
public record LabView(
        String title,
        String sentence,
        Form form,
        List<NewPlanView.Problem> problems,
        @Nullable Progress progress,
        @Nullable Report report) {

    public LabView {
        problems = List.copyOf(problems);
    }

    /// What was asked for, as it was typed.
    ///
    /// @param plan YAML or JSON
    /// @param runs rollouts of each candidate
    /// @param rate calls a second
    public record Form(String plan, String runs, String seed, String rate, List<Choice> choices) {

        public Form {
            choices = List.copyOf(choices);
        }
    }

    /// A candidate that can be tried.
    ///
    /// @param name of the profile
    /// @param what it is like, in a few words
    public record Choice(String name, String what, boolean chosen) {}

    /// How far a run is.
    ///
    /// @param id in its address
    /// @param done rollouts that were played, of `of`
    /// @param words `3,200 of 8,000 rollouts played`
    public record Progress(String id, long done, long of, String words) {}

    /// What a run found.
    ///
    /// @param note about the run itself: seed, traffic, whether it was stopped
    /// @param advice what to change, in sentences
    public record Report(String note, List<Row> rows, List<Curve> curves, List<String> advice) {

        public Report {
            rows = List.copyOf(rows);
            curves = List.copyOf(curves);
            advice = List.copyOf(advice);
        }
    }

    /// What the plan did with one candidate, and what the plain threshold rule would have.
    ///
    /// @param what the candidate is like, in a few words
    /// @param promoted a rate with its runs
    /// @param calls candidate calls until it was decided: median, and the 95th percentile
    /// @param time until it was decided, likewise
    /// @param exposed who met the candidate before that, in words
    /// @param usd what its calls cost
    /// @param why what rolled it back or held it, most often first; may be empty
    public record Row(
            String name,
            String what,
            Outcomes outcomes,
            String promoted,
            String rolledBack,
            String stuck,
            String calls,
            String time,
            String exposed,
            String usd,
            String why,
            Outcomes threshold,
            String thresholdPromoted,
            String thresholdRolledBack) {}

    /// One condition's operating characteristic.
    ///
    /// @param name of the condition
    /// @param sentence what the picture says
    public record Curve(String name, String sentence, Operating picture, List<Point> points) {

        public Curve {
            points = List.copyOf(points);
        }
    }

    /// The same numbers as text.
    public record Point(String at, String rolledBack, String promoted, String threshold) {}
}
