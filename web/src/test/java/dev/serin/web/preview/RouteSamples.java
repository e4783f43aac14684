package dev.serin.web.preview;

import dev.serin.web.chart.BudgetBar;
import dev.serin.web.chart.BudgetCourse;
import dev.serin.web.chart.Course;
import dev.serin.web.chart.Interval;
import dev.serin.web.chart.Ladder;
import dev.serin.web.chart.Timeline;
import dev.serin.web.rollout.CourseView;
import dev.serin.web.rollout.Fact;
import dev.serin.web.rollout.Restore;
import dev.serin.web.route.ObjectiveView;
import dev.serin.web.route.RouteView;
import dev.serin.web.route.RoutesView;
import dev.serin.web.words.Numbers;
import dev.serin.web.words.Times;
import dev.serin.web.words.Tone;
import dev.serin.web.words.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Routes as the server shows them.
final class RouteSamples {

    private static final Instant NOW = RolloutSamples.NOW;
    private static final String BEGIN = "./serin init > plan.yaml\n./serin apply plan.yaml";

    private RouteSamples() {}

    static RoutesView list() {
        return new RoutesView(
                "1 budget exhausted",
                Tone.BREACHED,
                "4 routes; a rollout is under way on one. One has used up an error budget.",
                "",
                List.of(
                        row(
                                "search-answers",
                                "gpt-4",
                                new RoutesView.Active(
                                        "r-1",
                                        "gpt-4o",
                                        PartSamples.ladder(2, Ladder.Gate.ASKING, null),
                                        Tone.WAITING,
                                        "Gate open at 50 %"),
                                budget(0.62, Tone.MET, "healthy", "62 % left: 12 bad of 634 calls"),
                                null,
                                false),
                        row(
                                "support-chat",
                                "gpt-3.5-turbo",
                                null,
                                budget(
                                        -0.4,
                                        Tone.BREACHED,
                                        "exhausted",
                                        "nothing left: 80 bad of 1,140 calls"),
                                new RoutesView.Last(
                                        "r-2",
                                        Tone.BREACHED,
                                        "gpt-4-turbo rolled back: p95 7.3 s",
                                        PartSamples.ago(120)),
                                false),
                        row(
                                "mail-drafts",
                                "drafts-prompt-v7",
                                null,
                                budget(
                                        Double.NaN,
                                        Tone.UNSURE,
                                        "unknown",
                                        "too few calls to say: 0 bad of 12 calls"),
                                new RoutesView.Last(
                                        "r-3",
                                        Tone.MET,
                                        "drafts-prompt-v7 was promoted",
                                        PartSamples.ago(40_000)),
                                true),
                        row("<b>bold name", "claude-x", null, null, null, false)),
                "?after=mail",
                null,
                BEGIN);
    }

    static RoutesView none() {
        return new RoutesView(
                "Routes", Tone.QUIET, "There is no route yet.", "", List.of(), null, null, BEGIN);
    }

    static RouteView busy() {
        return view(
                "Gate open",
                Tone.WAITING,
                "gpt-4 serves search-answers, since 12 d ago. gpt-4o gets 50 % of its calls.",
                "r-1",
                new Restore(
                        "r-1",
                        "/routes/search-answers/restore",
                        "Roll back to gpt-4",
                        "Ends the rollout under way: gpt-4 gets all calls at once."),
                timeline(),
                List.of(
                        objective("o1", "Task success", 0.62, Tone.MET, "healthy"),
                        objective("o2", "Response latency", -0.3, Tone.BREACHED, "exhausted")),
                cost());
    }

    /// A route whose plan promises nothing and which was never called.
    static RouteView quiet() {
        return view(
                "Serving",
                Tone.QUIET,
                "gpt-4 serves search-answers, since 12 d ago.",
                null,
                null,
                null,
                List.of(),
                null);
    }

    /// Objectives that nobody's calls have told of.
    static RouteView silent() {
        return view(
                "Serving",
                Tone.QUIET,
                "gpt-4 serves search-answers, since 12 d ago.",
                null,
                new Restore(
                        "r-1",
                        "/routes/search-answers/restore",
                        "Put gpt-3.5-turbo back",
                        "Starts a new rollout that gives all calls to gpt-3.5-turbo at once."),
                timeline(),
                List.of(
                        new ObjectiveView(
                                "o1",
                                "Task success",
                                "95 % of calls in 10 s",
                                List.of(budget("10 s", Double.NaN, Tone.UNSURE, "unknown")),
                                List.of(),
                                null,
                                null,
                                List.of())),
                null);
    }

    private static RouteView view(
            String state,
            Tone tone,
            String sentence,
            @Nullable String active,
            @Nullable Restore restore,
            @Nullable Timeline timeline,
            List<ObjectiveView> objectives,
            @Nullable CourseView cost) {
        return new RouteView(
                "search-answers",
                "/routes/search-answers",
                state + ": search-answers",
                tone,
                state,
                sentence,
                sentence,
                false,
                false,
                null,
                List.of(
                        new Fact("Model now", "gpt-4", "since 2026-11-12 21:14:34 UTC"),
                        new Fact("Model before", "gpt-3.5-turbo", ""),
                        new Fact("Under way", "gpt-4o", "gets 50 % of the calls")),
                active,
                restore,
                timeline,
                timeline == null
                        ? List.of()
                        : List.of(
                                run("gpt-4", "gpt-4o", Tone.WAITING, "waits for approval", 20),
                                run("gpt-4", "gpt-4-turbo", Tone.BREACHED, "rolled back", 9_000),
                                run("gpt-3.5-turbo", "gpt-4", Tone.MET, "promoted", 17_000)),
                timeline == null ? null : "/?route=search-answers",
                "Those of the newest plan, to gpt-4o.",
                objectives,
                cost,
                "They count the calls of both arms since 2026-10-25 21:14:34 UTC.",
                "search",
                true);
    }

    private static RoutesView.Row row(
            String name,
            String model,
            RoutesView.@Nullable Active active,
            RoutesView.@Nullable Budget budget,
            RoutesView.@Nullable Last last,
            boolean simulated) {
        return new RoutesView.Row(
                name, "/routes/x", model, PartSamples.ago(9_000), active, budget, last, simulated);
    }

    private static RoutesView.Budget budget(
            double remaining, Tone tone, String state, String words) {
        return new RoutesView.Budget(
                "Task success", tone, state, words, new BudgetBar(words, remaining, tone));
    }

    private static RouteView.Run run(
            String baseline, String candidate, Tone tone, String words, int minutesAgo) {
        return new RouteView.Run(
                "r-" + minutesAgo,
                baseline,
                candidate,
                tone,
                words,
                PartSamples.ago(minutesAgo),
                "2 h 10 min",
                "1,204 calls, 31 bad, $38",
                false);
    }

    private static Timeline timeline() {
        return new Timeline(
                "3 rollouts",
                NOW.minus(Duration.ofDays(12)),
                NOW,
                List.of(
                        lane("gpt-4 → gpt-4o", Tone.WAITING, "gate open", 0, 20),
                        lane("gpt-4 → gpt-4-turbo", Tone.BREACHED, "rolled back", 5, 26),
                        lane("gpt-3.5-turbo → gpt-4", Tone.MET, "promoted", 9, 12)));
    }

    private static Timeline.Lane lane(
            String models, Tone tone, String outcome, int daysAgo, int hours) {
        var end = NOW.minus(Duration.ofDays(daysAgo));
        var start = end.minus(Duration.ofHours(hours));
        var half = start.plus(Duration.ofHours(hours / 2));
        return new Timeline.Lane(
                models,
                tone,
                outcome,
                List.of(new Timeline.Tread(start, half, 0.05), new Timeline.Tread(half, end, 0.5)));
    }

    private static ObjectiveView objective(
            String key, String name, double remaining, Tone tone, String state) {
        var points = new ArrayList<BudgetCourse.Point>();
        var rows = new ArrayList<ObjectiveView.Row>();
        for (int i = 0; i <= 30; i++) {
            var at = NOW.minus(Duration.ofDays(30 - i));
            double left = 1 - (1 - remaining) * i / 30 + (i % 5) * 0.02;
            points.add(new BudgetCourse.Point(at, i == 30 ? remaining : left, 100L * i));
            rows.add(new ObjectiveView.Row(Times.exact(at), "100", "4", Numbers.percent(left)));
        }
        return new ObjectiveView(
                key,
                name,
                "95 % of calls in 1 h",
                List.of(
                        budget("1 h", remaining, tone, state),
                        budget("30 d", 0.8, Tone.MET, "healthy")),
                List.of(
                        new ObjectiveView.Alert(
                                "page at 10× in 1 min and 5 s",
                                Tone.UNSURE,
                                "too little traffic",
                                "– and –",
                                "17 %"),
                        new ObjectiveView.Alert(
                                "page at 6× in 3 min and 15 s",
                                tone,
                                "quiet",
                                "0.4× and 0.2×",
                                "30 %"),
                        new ObjectiveView.Alert(
                                "ticket at 1× in 30 min and 2 min 30 s",
                                Tone.BREACHED,
                                "alarms",
                                "1.8× and 2.2×",
                                "50 %")),
                "A budget of 5 % burns at most 20× as fast as it may, so a rule asks for 10× at most,"
                        + " instead of 14×.",
                new BudgetCourse(name + ": 62 % left", NOW.minus(Duration.ofDays(30)), NOW, points),
                rows);
    }

    private static ObjectiveView.Budget budget(
            String window, double remaining, Tone tone, String state) {
        var left = "62 % left: 12 bad of 634 calls";
        return new ObjectiveView.Budget(
                window,
                tone,
                state,
                left,
                "burns 1.4× as fast as it may in the last 1 h; gone in 12 d at this pace",
                new BudgetBar(left, remaining, tone));
    }

    private static CourseView cost() {
        var candidate = new ArrayList<Course.Point>();
        var baseline = new ArrayList<Course.Point>();
        for (int i = 0; i < 20; i++) {
            var at = NOW.minus(Duration.ofHours(20L - i));
            double usd = 0.03 + 0.002 * (i % 3);
            candidate.add(new Course.Point(at, new Interval(usd, usd, usd, 40)));
            baseline.add(new Course.Point(at, new Interval(0.02, 0.02, 0.02, 60)));
        }
        return new CourseView(
                "Newest",
                "candidate $0.030 of 40 calls, baseline $0.020 of 60 calls",
                new Course(
                        "Cost per call over time",
                        Unit.USD,
                        NOW.minus(Duration.ofHours(20)),
                        NOW,
                        candidate,
                        baseline,
                        null,
                        true,
                        List.of()),
                List.of(
                        new CourseView.Row(
                                "2026-11-24 21:14:34 UTC",
                                "",
                                "$0.030 of 40 calls",
                                "$0.020 of 60 calls")));
    }
}
