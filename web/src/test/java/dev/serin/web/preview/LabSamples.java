package dev.serin.web.preview;

import dev.serin.web.chart.Interval;
import dev.serin.web.chart.Operating;
import dev.serin.web.chart.Operating.Dot;
import dev.serin.web.chart.Operating.Line;
import dev.serin.web.chart.Outcomes;
import dev.serin.web.lab.LabView;
import dev.serin.web.lab.LabView.Choice;
import dev.serin.web.lab.LabView.Curve;
import dev.serin.web.lab.LabView.Form;
import dev.serin.web.lab.LabView.Point;
import dev.serin.web.lab.LabView.Progress;
import dev.serin.web.lab.LabView.Report;
import dev.serin.web.lab.LabView.Row;
import dev.serin.web.plan.NewPlanView.Problem;
import dev.serin.web.words.Unit;
import java.util.List;
import java.util.stream.IntStream;

/// The lab in its states.
final class LabSamples {

    private LabSamples() {}

    static LabView asked() {
        return new LabView(
                "Lab", "Try a plan before the first user meets it", form(), List.of(), null, null);
    }

    static LabView refused() {
        return new LabView(
                "Lab: look again",
                "2 things keep this from being tried.",
                form(),
                List.of(
                        new Problem(3, "steps[1].share", "is a share <b>bold", "", true),
                        new Problem(0, "runs", "is a whole number from 1 to 10,000", "", true)),
                null,
                null);
    }

    static LabView playing() {
        return new LabView(
                "Playing: support-chat",
                "gpt-3.5-turbo to gpt-4 is being played 1,000 times against each of 8 candidates",
                form(),
                List.of(),
                new Progress("7f3a", 3_200, 8_000, "3,200 of 8,000 rollouts played"),
                null);
    }

    static LabView done() {
        return new LabView(
                "Done: support-chat",
                "gpt-4-good is promoted in 100 % of its rollouts, gpt-4-bad rolled back in 100 %.",
                form(),
                List.of(),
                null,
                new Report(
                        "1,000 rollouts of each at 20 calls a second, seed 1; gates are approved"
                                + " 10 s after they open.",
                        List.of(
                                row("gpt-4-good", "the original's good GPT-4", 1, 0, 0.933, 0.067),
                                row(
                                        "same-as-baseline",
                                        "answers like GPT-3.5",
                                        0.96,
                                        0.001,
                                        0.17,
                                        0.83),
                                row(
                                        "bit-over-hallucinations",
                                        "makes up 10 %",
                                        0,
                                        0.41,
                                        0.12,
                                        0.88),
                                row("gpt-4-bad", "p95 7.4 s, 4 % errors", 0, 1, 0, 1)),
                        List.of(curve()),
                        List.of(
                                "At 5 % of 20 calls a second the step 5% canary needs 11 minutes to tell"
                                        + " 8 % from 6 %; the plan gives it 30 s.")));
    }

    private static Row row(
            String name,
            String what,
            double promoted,
            double back,
            double thresholdPromoted,
            double thresholdBack) {
        return new Row(
                name,
                what,
                new Outcomes(name + ": outcomes", promoted, back),
                "%.1f %% of 1,000".formatted(promoted * 100),
                "%.1f %% of 1,000".formatted(back * 100),
                "%.1f %% of 1,000".formatted((1 - promoted - back) * 100),
                "560, 797 calls",
                "2 min 10 s, 4 min 5 s",
                "610 calls, 590 people, 18 bad answers",
                "$19",
                back > 0 ? "hallucination_rate >= 0.08: 410" : "",
                new Outcomes(name + ": threshold", thresholdPromoted, thresholdBack),
                "%.1f %%".formatted(thresholdPromoted * 100),
                "%.1f %%".formatted(thresholdBack * 100));
    }

    private static Curve curve() {
        var own =
                IntStream.rangeClosed(1, 9)
                        .mapToObj(i -> dot(i, i < 5 ? 0.002 : i < 6 ? 0.05 : 1 - 0.9 / i))
                        .toList();
        var other = IntStream.rangeClosed(1, 9).mapToObj(i -> dot(i, i / 9.5)).toList();
        return new Curve(
                "hallucination_rate >= 0.08",
                "Of candidates that keep the limit this plan rolls back 0.1 % of 400, the plain rule"
                        + " 35 %.",
                new Operating(
                        "How often a candidate is rolled back",
                        "true hallucinations",
                        Unit.RATE,
                        0.08,
                        true,
                        List.of(
                                new Line("this plan", true, own),
                                new Line("plain threshold rule", false, other))),
                List.of(new Point("2 %", "0.2 % of 100", "99 % of 100", "9 %")));
    }

    private static Dot dot(int i, double part) {
        double half = 0.04;
        return new Dot(
                0.02 * i,
                new Interval(Math.max(0, part - half), part, Math.min(1, part + half), 100));
    }

    private static Form form() {
        return new Form(
                "route: support-chat\nbaseline: openai/gpt-3.5-turbo\ncandidate: openai/gpt-4\n",
                "1000",
                "1",
                "20",
                List.of(
                        new Choice("gpt-4-good", "the original's good GPT-4", true),
                        new Choice("gpt-4-bad", "the original's bad GPT-4: p95 7.4 s", true)));
    }
}
