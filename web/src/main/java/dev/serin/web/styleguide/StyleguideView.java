package dev.serin.web.styleguide;

import dev.serin.web.chart.BudgetBar;
import dev.serin.web.chart.BudgetCourse;
import dev.serin.web.chart.Course;
import dev.serin.web.chart.Forest;
import dev.serin.web.chart.Ladder;
import dev.serin.web.chart.Operating;
import dev.serin.web.chart.Scatter;
import dev.serin.web.chart.Strip;
import dev.serin.web.chart.Timeline;
import dev.serin.web.plan.FormField;
import dev.serin.web.rollout.FindingView;
import dev.serin.web.rollouts.ChaosPanel;
import dev.serin.web.words.Tone;
import java.util.List;

/// What the styleguide shows.
///
/// @param scheme `light`, `dark`, or empty for the reader's own
public record StyleguideView(
        String scheme,
        List<Tone> tones,
        List<Shown<Ladder>> ladders,
        List<Shown<Strip>> strips,
        Course course,
        List<Shown<BudgetBar>> budgets,
        Forest forest,
        Scatter scatter,
        Operating operating,
        Timeline timeline,
        BudgetCourse kept,
        ChaosPanel chaos,
        List<FindingView> findings,
        List<FormField> fields) {

    /// A part in one state.
    ///
    /// @param name of the state
    public record Shown<T>(String name, T part) {}

    public StyleguideView {
        tones = List.copyOf(tones);
        ladders = List.copyOf(ladders);
        strips = List.copyOf(strips);
        budgets = List.copyOf(budgets);
        findings = List.copyOf(findings);
        fields = List.copyOf(fields);
    }

    /// The samples.
    ///
    /// @param scheme anything else than `light` and `dark` is the reader's own
    public static StyleguideView of(String scheme) {
        return new StyleguideView(
                List.of("light", "dark").contains(scheme) ? scheme : "",
                List.of(Tone.values()),
                Samples.ladders(),
                Samples.strips(),
                Samples.course(),
                Samples.budgets(),
                Samples.forest(),
                Samples.scatter(),
                PictureSamples.operating(),
                PictureSamples.timeline(),
                PictureSamples.kept(),
                PictureSamples.chaos(),
                Samples.findings(),
                Samples.fields());
    }
}
