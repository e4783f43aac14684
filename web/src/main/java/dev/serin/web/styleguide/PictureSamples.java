package dev.serin.web.styleguide;

import dev.serin.web.chart.BudgetCourse;
import dev.serin.web.chart.BurnStrip;
import dev.serin.web.chart.Interval;
import dev.serin.web.chart.Operating;
import dev.serin.web.chart.Operating.Dot;
import dev.serin.web.chart.Operating.Line;
import dev.serin.web.chart.Timeline;
import dev.serin.web.rollouts.ChaosPanel;
import dev.serin.web.rollouts.ChaosPanel.Fact;
import dev.serin.web.rollouts.ChaosPanel.Fault;
import dev.serin.web.words.Tone;
import dev.serin.web.words.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// The larger pictures of the styleguide, each with all that it can show.
final class PictureSamples {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant MONTH_AGO = NOW.minus(Duration.ofDays(30));

    private PictureSamples() {}

    static Operating operating() {
        return new Operating(
                "How often a candidate is rolled back",
                "true hallucinations",
                Unit.RATE,
                0.08,
                true,
                List.of(
                        new Line("this plan", true, dots(0, 0, 0.01, 0.03, 0.4, 0.9, 1)),
                        new Line(
                                "plain threshold rule",
                                false,
                                dots(0.02, 0.15, 0.4, 0.6, 0.8, 0.95, 1))));
    }

    private static List<Dot> dots(double... parts) {
        return IntStream.range(0, parts.length)
                .mapToObj(i ->
                        new Dot(
                                0.02 * (i + 1),
                                new Interval(
                                        Math.max(0, parts[i] - 0.05),
                                        parts[i],
                                        Math.min(1, parts[i] + 0.05),
                                        400)))
                .toList();
    }

    static Timeline timeline() {
        return new Timeline(
                "Four rollouts of a route",
                MONTH_AGO,
                NOW,
                List.of(
                        lane("gpt-4 → gpt-4o", Tone.WAITING, "gate open", 3, 0),
                        lane("gpt-4 → gpt-4-turbo", Tone.BREACHED, "rolled back", 12, 10),
                        lane("gpt-3.5-turbo → gpt-4", Tone.MET, "promoted", 25, 19),
                        lane(
                                "gpt-3.5-turbo → a-model-with-a-long-name",
                                Tone.PAUSED,
                                "paused",
                                29,
                                27)));
    }

    private static Timeline.Lane lane(
            String models, Tone tone, String outcome, int fromDaysAgo, int toDaysAgo) {
        var from = NOW.minus(Duration.ofDays(fromDaysAgo));
        var to = NOW.minus(Duration.ofDays(toDaysAgo));
        var half = from.plus(Duration.between(from, to).dividedBy(2));
        return new Timeline.Lane(
                models,
                tone,
                outcome,
                List.of(new Timeline.Tread(from, half, 0.05), new Timeline.Tread(half, to, 0.5)));
    }

    /// From full to overdrawn and back.
    static BudgetCourse kept() {
        var remaining = List.of(1.0, 0.8, 0.75, 0.3, -0.2, 0.1, 0.4);
        return new BudgetCourse(
                "The error budget of 30 days was overdrawn for a while, and 40 % is left",
                MONTH_AGO,
                NOW,
                IntStream.range(0, remaining.size())
                        .mapToObj(i ->
                                new BudgetCourse.Point(
                                        MONTH_AGO.plus(Duration.ofDays(5L * i)),
                                        remaining.get(i),
                                        100L * (i + 1)))
                        .toList());
    }

    static ChaosPanel chaos() {
        return new ChaosPanel(
                Tone.MET,
                "None of 1,710 calls of users failed.",
                /* isLive= */ false,
                null,
                List.of(
                        new Fault(
                                "rate-limit",
                                "Rate limit",
                                "80 % of the calls get 429 with Retry-After.",
                                Tone.BREACHED,
                                "Acts for 5 s",
                                List.of(
                                        new Fact(
                                                "Users",
                                                null,
                                                "The baseline answers all",
                                                "92 calls under the fault: none failed.",
                                                null),
                                        new Fact(
                                                "Breaker",
                                                Tone.BREACHED,
                                                "Open: the provider rests for 4 s",
                                                "",
                                                null)),
                                new BurnStrip(
                                        "The error budget burned at most 2.9×",
                                        40,
                                        List.of(
                                                new BurnStrip.Point(0, 0),
                                                new BurnStrip.Point(12, 1.4),
                                                new BurnStrip.Point(15, 2.9),
                                                new BurnStrip.Point(30, 0.4)),
                                        new BurnStrip.Spell(10, 16, "fault")),
                                "0.4× now, 2.9× at most"),
                        new Fault(
                                "full-outage",
                                "Full outage",
                                "All calls fail with 5xx.",
                                Tone.QUIET,
                                "Not begun",
                                List.of(),
                                null,
                                "")));
    }
}
