package dev.serin.web.styleguide;

import dev.serin.web.chart.BudgetBar;
import dev.serin.web.chart.Course;
import dev.serin.web.chart.Forest;
import dev.serin.web.chart.Interval;
import dev.serin.web.chart.Ladder;
import dev.serin.web.chart.Ladder.End;
import dev.serin.web.chart.Ladder.Gate;
import dev.serin.web.chart.Ladder.Place;
import dev.serin.web.chart.Ladder.Rung;
import dev.serin.web.chart.Scatter;
import dev.serin.web.chart.Strip;
import dev.serin.web.plan.FormField;
import dev.serin.web.rollout.FindingView;
import dev.serin.web.styleguide.StyleguideView.Shown;
import dev.serin.web.words.Tone;
import dev.serin.web.words.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Made-up numbers for the styleguide; always the same ones.
final class Samples {

    private static final Instant BEGAN = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration EACH = Duration.ofMinutes(30);

    private Samples() {}

    static List<Shown<Ladder>> ladders() {
        return List.of(
                new Shown<>("described", ladder(-1, Gate.SHUT, null)),
                new Shown<>("on its way", ladder(1, Gate.SHUT, null)),
                new Shown<>("gate open", ladder(2, Gate.ASKING, null)),
                new Shown<>("approved", ladder(3, Gate.APPROVED, null)),
                new Shown<>("promoted", ladder(3, Gate.APPROVED, new End(true, ""))),
                new Shown<>(
                        "rejected", ladder(2, Gate.REJECTED, new End(false, "rejected by Mira"))),
                new Shown<>(
                        "rolled back",
                        ladder(1, Gate.SHUT, new End(false, "p95 7.3 s, limit 5 s"))));
    }

    private static Ladder ladder(int at, Gate gate, @Nullable End end) {
        var shares = List.of(0.05, 0.25, 0.5, 1.0);
        var rungs = new ArrayList<Rung>();
        for (int i = 0; i < shares.size(); i++) {
            var place = i < at ? Place.PASSED : i == at ? Place.NOW : Place.AHEAD;
            boolean gated = i == 2;
            rungs.add(
                    new Rung(
                            "step " + (i + 1),
                            shares.get(i),
                            EACH,
                            place == Place.AHEAD ? Duration.ZERO : EACH,
                            gated && place != Place.AHEAD ? EACH.dividedBy(2) : Duration.ZERO,
                            place,
                            gated ? gate : Gate.NONE));
        }
        return new Ladder("A ladder of four steps with a gate after the third", rungs, end);
    }

    static List<Shown<Strip>> strips() {
        var baseline = new Interval(0.008, 0.017, 0.031, 1190);
        return List.of(
                new Shown<>(
                        "met", strip(new Interval(0.009, 0.019, 0.036, 1204), baseline, Tone.MET)),
                new Shown<>(
                        "breached",
                        strip(new Interval(0.12, 0.16, 0.21, 310), baseline, Tone.BREACHED)),
                new Shown<>(
                        "unsure",
                        strip(new Interval(0.006, 0.033, 0.12, 61), baseline, Tone.UNSURE)),
                new Shown<>("not known", strip(null, null, Tone.UNSURE)));
    }

    private static Strip strip(
            @Nullable Interval candidate, @Nullable Interval baseline, Tone tone) {
        return new Strip(
                "Errors against their limit of 10 %",
                Unit.RATE, 0.1, true, candidate, baseline, tone);
    }

    static Course course() {
        var candidate = new ArrayList<Course.Point>();
        var baseline = new ArrayList<Course.Point>();
        for (int i = 1; i <= 40; i++) {
            var at = BEGAN.plusSeconds(180L * i);
            double width = 0.12 / Math.sqrt(i);
            double level = 0.03 + 0.02 * Math.sin(i / 3.0) / i;
            candidate.add(new Course.Point(at, around(level, width, 30L * i)));
            baseline.add(new Course.Point(at, around(0.04 + 0.004 * Math.cos(i / 2.0), 0.01, 500)));
        }
        return new Course(
                "Errors over two hours",
                Unit.RATE,
                BEGAN,
                BEGAN.plus(Duration.ofHours(2)),
                candidate,
                baseline,
                0.1,
                true,
                List.of(
                        new Course.StepChange(BEGAN, "5 %"),
                        new Course.StepChange(BEGAN.plusSeconds(3600), "25 %")));
    }

    static List<Shown<BudgetBar>> budgets() {
        return List.of(
                new Shown<>("healthy", new BudgetBar("62 % is left", 0.62, Tone.MET)),
                new Shown<>("critical", new BudgetBar("8 % is left", 0.08, Tone.BREACHED)),
                new Shown<>("overdrawn", new BudgetBar("overdrawn", -0.3, Tone.BREACHED)),
                new Shown<>("not known", new BudgetBar("not known", Double.NaN, Tone.UNSURE)));
    }

    static Forest forest() {
        return new Forest(
                Unit.POINTS,
                true,
                true,
                List.of(
                        row("5 %", "A", around(-0.041, 0.019, 412), "−4.1 points of 412"),
                        row("5 %", "B", around(0.012, 0.03, 380), "1.2 points of 380"),
                        row("25 %", "A", around(-0.038, 0.008, 2040), "−3.8 points of 2,040"),
                        row("25 %", "B", null, "not known")));
    }

    private static Forest.Row row(
            String step, String letter, @Nullable Interval value, String words) {
        return new Forest.Row(step, letter, value, words);
    }

    static Scatter scatter() {
        return new Scatter(
                "Cost per call against hallucinations of two runs",
                "cost per call",
                Unit.USD,
                "hallucinations",
                Unit.RATE,
                List.of(
                        new Scatter.Dot(
                                "A", true, around(0.03, 0.003, 1204), around(0.02, 0.01, 409)),
                        new Scatter.Dot(
                                "A baseline",
                                false,
                                around(0.002, 0.0002, 1190),
                                around(0.061, 0.02, 412)),
                        new Scatter.Dot(
                                "B", true, around(0.012, 0.002, 900), around(0.04, 0.015, 300))));
    }

    static List<FindingView> findings() {
        return List.of(
                new FindingView(
                        "error_rate >= 10 %",
                        "Errors", Tone.MET, "met", "1.9 % of 1,204, limit 10 %"),
                new FindingView(
                        "p95_latency_ms >= 5,000",
                        "p95 latency",
                        Tone.BREACHED,
                        "breached",
                        "7.3 s of 41 calls, limit 5 s"),
                new FindingView(
                        "hallucination_rate >= 8 %",
                        "Hallucinations", Tone.UNSURE, "unsure", "61 of about 93 labels"),
                new FindingView(
                        "error_rate >= baseline + 2 %",
                        "Errors", Tone.QUIET, "rests", "no baseline is left at 100 %"));
    }

    static List<FormField> fields() {
        return List.of(
                field("s-plain", "support-chat", "what clients call", null),
                field("s-empty", "", "empty", null),
                field("s-wrong", "500%", "", "a share is 0% to 100%; write one between them"),
                new FormField(
                        "s-choice",
                        "s-choice",
                        "A choice",
                        "ask",
                        "",
                        List.of(
                                new FormField.Option("rollback", "rolls back"),
                                new FormField.Option("ask", "asks a person")),
                        null,
                        false));
    }

    private static FormField field(String id, String value, String hint, @Nullable String error) {
        return new FormField(id, id, "A field", value, hint, List.of(), error, false);
    }

    private static Interval around(double value, double width, long calls) {
        return new Interval(value - width, value, value + width, calls);
    }
}
