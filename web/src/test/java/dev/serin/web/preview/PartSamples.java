package dev.serin.web.preview;

import dev.serin.web.chart.BudgetBar;
import dev.serin.web.chart.Course;
import dev.serin.web.chart.Course.Point;
import dev.serin.web.chart.Course.StepChange;
import dev.serin.web.chart.Interval;
import dev.serin.web.chart.Ladder;
import dev.serin.web.chart.Ladder.End;
import dev.serin.web.chart.Ladder.Gate;
import dev.serin.web.chart.Ladder.Place;
import dev.serin.web.chart.Ladder.Rung;
import dev.serin.web.chart.Strip;
import dev.serin.web.rollout.BadCall;
import dev.serin.web.rollout.BadList;
import dev.serin.web.rollout.ConditionView;
import dev.serin.web.rollout.CourseView;
import dev.serin.web.rollout.EntryView;
import dev.serin.web.rollout.FindingView;
import dev.serin.web.rollout.ObjectiveView;
import dev.serin.web.rollout.ObjectiveView.Budget;
import dev.serin.web.words.Times;
import dev.serin.web.words.Tone;
import dev.serin.web.words.Unit;
import dev.serin.web.words.When;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// The parts that the rollouts of the samples are made of.
final class PartSamples {

    private static final Instant STARTED = RolloutSamples.NOW.minus(Duration.ofMinutes(134));

    private PartSamples() {}

    static Ladder ladder(int at, Gate gate, @Nullable End end) {
        var shares = List.of(0.0, 0.05, 0.25, 0.5, 1.0);
        var names = List.of("baseline", "5% canary", "25% ramp", "50% ramp", "full");
        var rungs = new ArrayList<Rung>();
        for (int i = 0; i < shares.size(); i++) {
            var place = i < at ? Place.PASSED : i == at ? Place.NOW : Place.AHEAD;
            var planned = Duration.ofMinutes(i == 0 ? 10 : i == 4 ? 0 : 30);
            var taken =
                    switch (place) {
                        case PASSED -> planned.plusSeconds(12);
                        case NOW -> i == 4 ? Duration.ZERO : Duration.ofMinutes(i == 3 ? 31 : 7);
                        case AHEAD -> Duration.ZERO;
                    };
            boolean gated = i == 3;
            var waited = gated && i <= at ? Duration.ofMinutes(40) : Duration.ZERO;
            rungs.add(
                    new Rung(
                            names.get(i),
                            shares.get(i),
                            planned,
                            taken,
                            waited,
                            place,
                            gated ? gate : Gate.NONE));
        }
        return new Ladder(
                "A ladder of five steps; step " + (at + 1) + " of 5 is in force", rungs, end);
    }

    static FindingView finding(int index, Tone tone) {
        var state =
                switch (tone) {
                    case MET -> "met";
                    case BREACHED -> "breached";
                    case UNSURE -> "unsure";
                    case WAITING, PAUSED, MOVING, QUIET -> "rests";
                };
        return switch (index) {
            case 0 ->
                    new FindingView(
                            "error_rate >= 10 %",
                            "Errors", tone, state, "1.9 % of 1,204 (0.9 % to 3.6 %), limit 10 %");
            case 1 ->
                    new FindingView(
                            "hallucination_rate >= 8 %",
                            "Hallucinations",
                            tone,
                            state,
                            tone == Tone.UNSURE
                                    ? "3.3 % of 61 (0.6 % to 11 %), limit 8 %; 61 of about 93 labels"
                                    : "2.0 % of 409 (0.8 % to 4.4 %), limit 8 %");
            case 2 ->
                    new FindingView(
                            "p95_latency_ms >= 5,000",
                            "p95 latency",
                            tone,
                            state,
                            tone == Tone.BREACHED
                                    ? "7.3 s of 41 calls (6.4 s to 8.9 s), limit 5 s"
                                    : "1.2 s of 1,204 calls (1.1 s to 1.4 s), limit 5 s");
            default ->
                    new FindingView(
                            "avg_cost_usd >= $0.10",
                            "Cost per call",
                            tone,
                            state,
                            tone == Tone.UNSURE
                                    ? "no cost is known of any call"
                                    : "$0.030 of 1,204 ($0.028 to $0.033), limit $0.10");
        };
    }

    static ConditionView condition(int index, Tone tone) {
        var finding = finding(index, tone);
        var strip =
                switch (index) {
                    case 0 ->
                            new Strip(
                                    "Errors " + finding.numbers(),
                                    Unit.RATE,
                                    0.1,
                                    true,
                                    new Interval(0.009, 0.019, 0.036, 1204),
                                    new Interval(0.008, 0.017, 0.031, 1190),
                                    tone);
                    case 1 ->
                            new Strip(
                                    "Hallucinations " + finding.numbers(),
                                    Unit.RATE,
                                    0.08,
                                    true,
                                    tone == Tone.UNSURE
                                            ? new Interval(0.006, 0.033, 0.11, 61)
                                            : new Interval(0.008, 0.02, 0.044, 409),
                                    new Interval(0.042, 0.061, 0.085, 412),
                                    tone);
                    case 2 ->
                            new Strip(
                                    "p95 latency " + finding.numbers(),
                                    Unit.MILLIS,
                                    5000,
                                    true,
                                    tone == Tone.BREACHED
                                            ? new Interval(6400, 7300, 8900, 41)
                                            : new Interval(1100, 1200, 1400, 1204),
                                    new Interval(480, 510, 560, 1190),
                                    tone);
                    default ->
                            new Strip(
                                    "Cost per call " + finding.numbers(),
                                    Unit.USD,
                                    0.1,
                                    true,
                                    tone == Tone.UNSURE
                                            ? null
                                            : new Interval(0.028, 0.03, 0.033, 1204),
                                    new Interval(0.0018, 0.002, 0.0022, 1190),
                                    tone);
                };
        var bad = index == 2 && tone == Tone.BREACHED ? badCalls() : List.<BadCall>of();
        var beside =
                List.of(
                        "baseline 1.7 % of 1,190",
                        "baseline 6.1 % of 412",
                        "baseline 510 ms of 1,190 calls",
                        "baseline $0.0020 of 1,190");
        return new ConditionView(
                "c" + index,
                finding,
                beside.get(index),
                index == 3 ? "a breach asks a person" : null,
                strip,
                bad,
                bad.isEmpty()
                        ? List.of()
                        : List.of(
                                new BadList("All of the candidate", "?arm=candidate&condition=3")),
                index == 1
                        ? List.of(
                                "candidate: 61 of 93 chosen calls labelled (66 %), 12 waiting,"
                                        + " 20 never came",
                                "baseline: 412 of 430 chosen calls labelled (95.8 %), 18 waiting",
                                "labelled by grader 3")
                        : List.of());
    }

    static List<BadCall> badCalls() {
        var calls = new ArrayList<BadCall>();
        for (int i = 0; i < 5; i++) {
            calls.add(
                    new BadCall(
                            "call-8f3a" + i,
                            "candidate",
                            Times.seen(
                                    RolloutSamples.NOW.minusSeconds(20 + 31L * i),
                                    RolloutSamples.NOW),
                            i == 2 ? "timeout" : "7." + i + " s",
                            i == 0 ? null : "https://traces.example/8f3a" + i));
        }
        return calls;
    }

    static CourseView course(int index) {
        var random = new Random(index);
        var level = List.of(0.019, 0.02, 1200.0, 0.03).get(index);
        var base = List.of(0.017, 0.061, 510.0, 0.002).get(index);
        var unit = List.of(Unit.RATE, Unit.RATE, Unit.MILLIS, Unit.USD).get(index);
        var limit = List.of(0.1, 0.08, 5000.0, 0.1).get(index);
        var candidate = new ArrayList<Point>();
        var baseline = new ArrayList<Point>();
        for (int i = 0; i < 60; i++) {
            var at = STARTED.plusSeconds(134L * i);
            baseline.add(
                    new Point(
                            at,
                            around(base * (1 + random.nextGaussian() * 0.05), base * 0.1, 100)));
            if (i > 6 && !(index == 1 && i > 30 && i < 36)) {
                double width = level * 4 / Math.sqrt(i - 5);
                candidate.add(
                        new Point(
                                at,
                                around(
                                        level * (1 + random.nextGaussian() / (i - 4)),
                                        width,
                                        i * 20L)));
            } else if (i > 6) {
                candidate.add(
                        new Point(
                                at,
                                new Interval(
                                        Double.NEGATIVE_INFINITY,
                                        Double.NaN,
                                        Double.POSITIVE_INFINITY,
                                        0)));
            }
        }
        var name = List.of("Errors", "Hallucinations", "p95 latency", "Cost per call").get(index);
        var latest =
                List.of("1.9 % of 1,204", "2.0 % of 409", "1.2 s of 1,204 calls", "$0.030 of 1,204")
                        .get(index);
        var rows =
                List.of(
                        new CourseView.Row(
                                "14:30", "50% ramp", latest, unit.print(base) + " of 1,190"),
                        new CourseView.Row(
                                "14:20",
                                "50% ramp",
                                unit.print(level * 1.1) + " of 1,020",
                                unit.print(base) + " of 1,004"));
        return new CourseView(
                name,
                latest,
                new Course(
                        name + " over two hours",
                        unit,
                        STARTED,
                        RolloutSamples.NOW,
                        candidate,
                        baseline,
                        limit,
                        true,
                        List.of(
                                new StepChange(STARTED, "0 %"),
                                new StepChange(STARTED.plusSeconds(900), "5 %"),
                                new StepChange(STARTED.plusSeconds(2700), "25 %"),
                                new StepChange(STARTED.plusSeconds(4500), "50 %"))),
                rows);
    }

    private static Interval around(double value, double width, long calls) {
        return new Interval(
                Math.max(0, value - width), Math.max(0, value), Math.max(0, value) + width, calls);
    }

    static List<EntryView> journal() {
        var evidence =
                List.of(
                        finding(0, Tone.MET),
                        finding(1, Tone.MET),
                        finding(2, Tone.MET),
                        finding(3, Tone.MET));
        return List.of(
                entry(
                        6,
                        40,
                        Tone.WAITING,
                        "50 % has lasted 30 min and all 4 conditions are met: the gate is open.",
                        null,
                        null,
                        evidence),
                entry(
                        5,
                        71,
                        Tone.MOVING,
                        "Went from 25 % to 50 %: all 4 conditions are met.",
                        null,
                        null,
                        evidence),
                entry(
                        4,
                        90,
                        Tone.QUIET,
                        "Went on at 25 %.",
                        "Mira Okafor",
                        "Latency peak was the provider's, see INC-204.",
                        List.of()),
                entry(
                        3,
                        97,
                        Tone.PAUSED,
                        "Paused at 25 %.",
                        "ada",
                        "Looking at a latency peak",
                        List.of()),
                entry(
                        2,
                        105,
                        Tone.MOVING,
                        "Went from 5 % to 25 %: all 4 conditions are met.",
                        null,
                        null,
                        evidence),
                entry(
                        1,
                        134,
                        Tone.MOVING,
                        "Started: gpt-3.5-turbo to gpt-4 in 5 steps.",
                        "ada",
                        null,
                        List.of()));
    }

    private static EntryView entry(
            long seq,
            long minutesAgo,
            Tone tone,
            String sentence,
            @Nullable String by,
            @Nullable String comment,
            List<FindingView> evidence) {
        return new EntryView(
                seq, ago(minutesAgo), tone, sentence, by, comment, evidence, List.of());
    }

    static When ago(long minutes) {
        return Times.seen(
                RolloutSamples.NOW.minus(Duration.ofMinutes(minutes)), RolloutSamples.NOW);
    }

    static List<ObjectiveView> objectives() {
        return List.of(
                new ObjectiveView(
                        "Task success",
                        "95 % of calls in 1 h",
                        List.of(
                                new Budget(
                                        "candidate",
                                        Tone.MET,
                                        "healthy",
                                        "62 % left, 1,204 calls",
                                        "burns 0.4× its pace in the last hour",
                                        new BudgetBar(
                                                "62 % of the error budget is left",
                                                0.62, Tone.MET)),
                                new Budget(
                                        "baseline",
                                        Tone.MET,
                                        "healthy",
                                        "66 % left, 1,190 calls",
                                        "burns 0.3× its pace in the last hour",
                                        new BudgetBar(
                                                "66 % of the error budget is left",
                                                0.66, Tone.MET)))),
                new ObjectiveView(
                        "Answers within 2 s",
                        "95 % of calls in 1 h",
                        List.of(
                                new Budget(
                                        "candidate",
                                        Tone.BREACHED,
                                        "critical",
                                        "8 % left, 1,204 calls",
                                        "burns 6.2× its pace in the last hour; gone in 12 min",
                                        new BudgetBar(
                                                "8 % of the error budget is left",
                                                0.08, Tone.BREACHED)),
                                new Budget(
                                        "baseline",
                                        Tone.UNSURE,
                                        "unknown",
                                        "not known, no calls yet",
                                        "",
                                        new BudgetBar("not known", Double.NaN, Tone.UNSURE)))));
    }
}
