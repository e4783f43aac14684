package dev.serin.web.preview;

import dev.serin.web.access.AccessView;
import dev.serin.web.chart.Forest;
import dev.serin.web.chart.Interval;
import dev.serin.web.chart.Ladder;
import dev.serin.web.chart.Ladder.End;
import dev.serin.web.chart.Ladder.Gate;
import dev.serin.web.chart.Ladder.Place;
import dev.serin.web.chart.Ladder.Rung;
import dev.serin.web.chart.Scatter;
import dev.serin.web.compare.CompareView;
import dev.serin.web.compare.CompareView.Choice;
import dev.serin.web.compare.CompareView.Difference;
import dev.serin.web.compare.CompareView.Metric;
import dev.serin.web.compare.CompareView.Run;
import dev.serin.web.plan.NewPlanView;
import dev.serin.web.plan.NewPlanView.Problem;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Tone;
import dev.serin.web.words.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Comparisons, plans that are being written, and the short pages.
final class OtherSamples {

    private static final List<Choice> CHOICES =
            List.of(
                    new Choice("a", "support-chat: gpt-3.5-turbo → gpt-4, promoted, 24 Nov", true),
                    new Choice(
                            "b", "support-chat: gpt-3.5-turbo → gpt-4, rolled back, 23 Nov", true),
                    new Choice("c", "checkout-help: gpt-4 → gpt-4o, promoted, 20 Nov", false));

    private OtherSamples() {}

    static CompareView compare(int count) {
        var runs = new ArrayList<Run>();
        for (int i = 0; i < count; i++) {
            boolean good = i % 2 == 0;
            runs.add(
                    new Run(
                            "r-" + i,
                            String.valueOf((char) ('A' + i)),
                            i == 0,
                            "support-chat",
                            "openai/gpt-3.5-turbo",
                            "openai/gpt-4",
                            good ? Tone.MET : Tone.BREACHED,
                            good ? "promoted" : "rolled back",
                            good ? "" : "p95 latency 7.3 s of 41 calls, limit 5 s",
                            PartSamples.ladder(
                                    good ? 4 : 1,
                                    good ? Gate.APPROVED : Gate.SHUT,
                                    new End(good, "p95 7.3 s")),
                            PartSamples.ago(134 + 1440L * i),
                            good ? "2 h 14 min" : "12 min",
                            good ? "40 min" : "none",
                            good ? "1,204 calls, 398 people, 31 bad" : "41 calls, 39 people, 6 bad",
                            good ? "$36, $0.030 a call" : "$5.1, $0.12 a call",
                            good
                                    ? "about 42 fewer bad answers, $34 more"
                                    : "about 3 more bad answers, $5.0 more",
                            arms(good),
                            "?run=r-9",
                            i == 0 ? null : "?run=r-" + i + "&run=r-0",
                            i == 1));
        }
        return new CompareView(
                "Compare: support-chat, " + count + " runs",
                "B was rolled back for its latency: 6.1 s slower than A against its own baseline, and 4 times as dear.",
                List.of(),
                List.of(
                        "Hallucinations: not labelled by the same judge in each run, so a difference between runs may be the judge's."),
                "?run=r-0&run=r-1",
                runs,
                List.of(
                        metric(
                                "p95 latency",
                                Unit.MILLIS,
                                Tone.BREACHED,
                                "B is 6.1 s slower than its baseline (41 calls); A was 0.7 s slower (1,204).",
                                count,
                                700,
                                6800),
                        metric(
                                "Hallucinations",
                                Unit.POINTS,
                                Tone.MET,
                                "A is 4.1 points better than its baseline (409 labels); B cannot be told (12).",
                                count,
                                -0.041,
                                0.02),
                        metric(
                                "Cost per call",
                                Unit.USD,
                                Tone.UNSURE,
                                "A costs $0.028 more than its baseline, B $0.12.",
                                count,
                                0.028,
                                0.12)),
                new Scatter(
                        "Cost per call against hallucinations",
                        "cost per call",
                        Unit.USD,
                        "hallucinations",
                        Unit.RATE,
                        List.of(
                                new Scatter.Dot(
                                        "A gpt-4",
                                        true,
                                        new Interval(0.028, 0.03, 0.033, 1204),
                                        new Interval(0.008, 0.02, 0.044, 409)),
                                new Scatter.Dot(
                                        "A gpt-3.5-turbo",
                                        false,
                                        new Interval(0.0018, 0.002, 0.0022, 1190),
                                        new Interval(0.042, 0.061, 0.085, 412)),
                                new Scatter.Dot(
                                        "B gpt-4",
                                        true,
                                        new Interval(0.09, 0.12, 0.16, 41),
                                        new Interval(0.01, 0.081, 0.24, 12)))),
                List.of(
                        new Difference(
                                "judge of hallucinations",
                                true,
                                runs.stream()
                                        .map(run ->
                                                run.reference()
                                                        ? "openai/gpt-4o 3fa91b2c77aa"
                                                        : "openai/gpt-4o 90c1d5e6b2f4")
                                        .toList()),
                        new Difference(
                                "steps",
                                false,
                                runs.stream()
                                        .map(run ->
                                                run.reference()
                                                        ? "0, 5, 25, 50, 100 %"
                                                        : "5, 50, 100 %")
                                        .toList()),
                        new Difference(
                                "price of openai/gpt-4",
                                true,
                                runs.stream()
                                        .map(run ->
                                                run.reference() ? "$0.033 a call" : "$0.12 a call")
                                        .toList())),
                CHOICES);
    }

    private static List<CompareView.Arm> arms(boolean good) {
        return good
                ? List.of(
                        new CompareView.Arm(
                                "candidate", "1,204", "398", "31", "2.6 %", "$36", "$0.030 a call"),
                        new CompareView.Arm(
                                "baseline",
                                "1,190",
                                "402",
                                "72",
                                "6.1 %",
                                "$2.4",
                                "$0.0020 a call"))
                : List.of(
                        new CompareView.Arm(
                                "candidate", "41", "39", "6", "15 %", "$5.1", "$0.12 a call"),
                        new CompareView.Arm(
                                "baseline", "812", "not known", "49", "6.0 %", "not known", ""));
    }

    static CompareView nothingChosen() {
        return new CompareView(
                "Compare",
                "Choose two to eight runs to see what differs between them.",
                List.of("r-404<b>"),
                List.of(),
                "",
                List.of(),
                List.of(),
                null,
                List.of(),
                CHOICES);
    }

    private static Metric metric(
            String name,
            Unit unit,
            Tone tone,
            String sentence,
            int count,
            double one,
            double other) {
        var difference = new ArrayList<Forest.Row>();
        var absolute = new ArrayList<Forest.Row>();
        var absoluteUnit = unit == Unit.POINTS ? Unit.RATE : unit;
        for (var step : List.of("5 %", "25 %", "50 %")) {
            for (int i = 0; i < count; i++) {
                var letter = String.valueOf((char) ('A' + i));
                double value = i % 2 == 0 ? one : other;
                double width = Math.abs(value) * (i % 2 == 0 ? 0.3 : 0.9);
                boolean missing = i % 2 == 1 && !step.equals("5 %");
                var interval =
                        missing ? null : new Interval(value - width, value, value + width, 400);
                difference.add(
                        new Forest.Row(
                                step,
                                letter,
                                interval,
                                missing
                                        ? "never got there"
                                        : sign(unit, value) + ", 409 and 412 calls"));
                double level = Math.abs(value) * 1.2;
                var alone =
                        missing
                                ? null
                                : new Interval(level - width * 0.8, level, level + width, 400);
                absolute.add(
                        new Forest.Row(
                                step,
                                letter,
                                alone,
                                missing
                                        ? "never got there"
                                        : absoluteUnit.print(level) + " of 409"));
            }
        }
        return new Metric(
                name,
                tone,
                sentence,
                name.equals("Hallucinations")
                        ? List.of("Not labelled by the same judge in each run.")
                        : List.of(),
                new Forest(unit, true, true, difference),
                new Forest(absoluteUnit, false, true, absolute));
    }

    private static String sign(Unit unit, double value) {
        return value > 0 && unit != Unit.POINTS ? "+" + unit.print(value) : unit.print(value);
    }

    static NewPlanView planWithProblems() {
        return new NewPlanView(
                "route: support-chat\ncandidate: openai/gpt-4\nsteps:\n  - { name: canary, share: 5%, duration: 30s }\n  - { name: full, share: 500% }\nrollback:\n  - error_rat >= 10%\n",
                Tone.BREACHED,
                "2 things keep this plan from starting.",
                List.of(
                        new Problem(
                                5,
                                "steps[1].share",
                                "500% is more than all calls.",
                                "Use 100% or less.",
                                true),
                        new Problem(
                                7,
                                "rollback[0]",
                                "There is no metric error_rat.",
                                "Did you mean error_rate?",
                                true),
                        new Problem(
                                4,
                                "steps[0].duration",
                                "30 s is too short: hallucination_rate needs 80 labelled calls and gets 3.",
                                "Use 20m or more.",
                                false)),
                null,
                List.of(),
                false,
                "",
                false,
                "");
    }

    static NewPlanView planReady() {
        return new NewPlanView(
                "route: support-chat\ncandidate: openai/gpt-4\nsteps:\n  - { name: canary, share: 5%, duration: 30m }\n  - { name: half, share: 50%, duration: 30m, gate: manual }\n  - { name: full, share: 100% }\nrollback:\n  - error_rate >= 10%\n  - p95_latency_ms >= 5000\n",
                Tone.MET,
                "This plan is ready.",
                List.of(
                        new Problem(
                                9,
                                "rollback[1]",
                                "A latency limit alone punishes longer answers.",
                                "Add p95_ms_per_token.",
                                false)),
                new Ladder(
                        "Three steps: 5 %, 50 % with a gate, 100 %",
                        List.of(
                                new Rung(
                                        "canary",
                                        0.05,
                                        Duration.ofMinutes(30),
                                        Duration.ZERO,
                                        Duration.ZERO,
                                        Place.AHEAD,
                                        Gate.NONE),
                                new Rung(
                                        "half",
                                        0.5,
                                        Duration.ofMinutes(30),
                                        Duration.ZERO,
                                        Duration.ZERO,
                                        Place.AHEAD,
                                        Gate.SHUT),
                                new Rung(
                                        "full",
                                        1,
                                        Duration.ZERO,
                                        Duration.ZERO,
                                        Duration.ZERO,
                                        Place.AHEAD,
                                        Gate.NONE)),
                        null),
                List.of(
                        "support-chat now runs on openai/gpt-3.5-turbo.",
                        "It takes an hour at least, and asks a person at 50 %.",
                        "It rolls back when errors reach 10 % or p95 latency reaches 5 s."),
                true,
                "Start: 5 % of support-chat to openai/gpt-4",
                true,
                "");
    }

    static NewPlanView planEmpty() {
        return new NewPlanView(
                "",
                Tone.QUIET,
                "Write or paste a plan; it is checked as you type.",
                List.of(),
                null,
                List.of(),
                false,
                "",
                false,
                "route: support-chat\ncandidate: openai/gpt-4\nsteps:\n  - { name: 5% canary, share: 5%, duration: 30m }\n  - { name: full, share: 100% }\nrollback:\n  - error_rate >= 10%\n");
    }

    static AccessView byProvider() {
        return new AccessView("/routes?x=1&y=2", "", null, "").offering("Example ID <b>");
    }

    static AccessView playing() {
        return new AccessView(
                "/",
                "Mira",
                null,
                "",
                List.of(
                        new AccessView.Part("Vera Viewer", "looks at everything"),
                        new AccessView.Part("Ana Approver", "decides at gates")));
    }

    static AccessView nobody() {
        return new AccessView("/", "", null, "");
    }

    static AccessView refused() {
        return new AccessView(
                "/rollouts/r-42",
                "mira",
                "That name and password do not fit together. Try again.",
                "");
    }

    static AccessView asked() {
        return new AccessView("/", "", null, Numbers.count(48213));
    }
}
