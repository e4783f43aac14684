package dev.serin.web.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serin.web.chart.Course.Point;
import dev.serin.web.chart.Course.StepChange;
import dev.serin.web.chart.Ladder.End;
import dev.serin.web.chart.Ladder.Gate;
import dev.serin.web.chart.Ladder.Place;
import dev.serin.web.chart.Ladder.Rung;
import dev.serin.web.words.Tone;
import dev.serin.web.words.Unit;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

@DisplayName("A picture")
class ChartsTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Interval NOTHING =
            new Interval(Double.NEGATIVE_INFINITY, Double.NaN, Double.POSITIVE_INFINITY, 0);

    @Test
    @DisplayName("of a course without points says that nothing is known")
    void noPoints() {
        assertThat(course(List.of(), 0.1)).contains("nothing known yet").contains("limit 10 %");
        assertThat(course(List.of(), null)).contains("nothing known yet").doesNotContain("limit");
    }

    @Test
    @DisplayName("of a burn shows what acted on it, and keeps its line inside")
    void burn() {
        var points = List.of(new BurnStrip.Point(0, 0), new BurnStrip.Point(30, 4));
        var acts = new BurnStrip.Spell(10, 20, "fault");
        assertThat(new BurnStrip("It burns", 40, points, acts).svg().getValue())
                .contains("<rect class=\"acts\" x=\"25%\" y=\"16\" width=\"25%\"")
                .contains("class=\"burn\" d=\"M0 1000H750V90.91\"")
                .contains("fault");
        assertThat(new BurnStrip("It burns", 40, List.of(), null).svg().getValue())
                .contains("It burns")
                .doesNotContain("class=\"burn\"");
        assertThatThrownBy(() -> new BurnStrip("", 0, List.of(), null))
                .hasMessage("a strip is longer than 0 s, got 0.0");
    }

    @Test
    @DisplayName("of a course with one point shows it")
    void onePoint() {
        assertThat(course(List.of(point(0, 0.02)), 0.1))
                .contains("<circle class=\"candidate\"")
                .contains("2.0 % of 100");
    }

    @Test
    @DisplayName("of a course breaks its line where nothing is known")
    void gaps() {
        var points =
                List.of(
                        point(0, 0.02),
                        point(1, 0.03),
                        new Point(NOON.plusSeconds(2), NOTHING),
                        point(3, 0.02),
                        point(4, 0.02));
        var lines =
                Pattern.compile("<path class=\"candidate\"").matcher(course(points, 0.1)).results();
        assertThat(lines).hasSize(2);
    }

    @Test
    @DisplayName("of a course keeps its scale when an interval is endless")
    void endlessBand() {
        var points =
                List.of(
                        new Point(NOON, new Interval(0, 0.02, Double.POSITIVE_INFINITY, 1)),
                        point(1, 0.02));
        assertThat(course(points, 0.1)).contains(">10 %<").doesNotContain(">100 %<");
    }

    @Test
    @DisplayName("of a course draws a band only where there is an interval")
    void meanWithoutBand() {
        var told =
                List.of(
                        new Point(NOON, new Interval(0.02, 0.02, 0.02, 50)),
                        new Point(NOON.plusSeconds(1), new Interval(0.03, 0.03, 0.03, 60)));
        assertThat(course(told, 0.1)).contains("\"candidate\"").doesNotContain("\"band\"");
        assertThat(course(List.of(point(0, 0.02), point(1, 0.03)), 0.1)).contains("\"band\"");
    }

    @Test
    @DisplayName("of a course with a year of points stays small and keeps the newest")
    void manyPoints() {
        var points = new ArrayList<Point>();
        for (int i = 0; i < 10_000; i++) {
            points.add(point(i, i == 9_999 ? 0.077 : 0.02));
        }
        assertThat(course(points, 0.1)).contains("7.7 % of 100").hasSizeLessThan(25_000);
    }

    @Test
    @DisplayName("of a course that lasts no time stands in the middle")
    void noTime() {
        var course =
                new Course(
                        "w",
                        Unit.MILLIS,
                        NOON,
                        NOON,
                        List.of(point(0, 800)),
                        List.of(),
                        null,
                        true,
                        List.of(new StepChange(NOON, "5 %")));
        assertThat(parsed(course.svg().getValue())).contains("cx=\"50%\"");
    }

    @Test
    @DisplayName(
            "of a course shows the interval of a point that stands alone, as a band has no width there")
    void lonePoint() {
        var alone = courseOf(point(0, 800));
        assertThat(alone).contains("class=\"span\"").doesNotContain("class=\"band\"");
        var two = courseOf(point(0, 800), point(10, 810));
        assertThat(two).contains("class=\"band\"").doesNotContain("class=\"span\"");
    }

    private static String courseOf(Point... points) {
        var course =
                new Course(
                        "w",
                        Unit.MILLIS,
                        NOON,
                        NOON.plusSeconds(100),
                        List.of(points),
                        List.of(),
                        null,
                        true,
                        List.of());
        return parsed(course.svg().getValue());
    }

    @Test
    @DisplayName("of a course keeps the name of a step that begins at its end within it")
    void stepAtTheEnd() {
        var course =
                new Course(
                        "w",
                        Unit.MILLIS,
                        NOON,
                        NOON.plusSeconds(100),
                        List.of(point(0, 800)),
                        List.of(),
                        null,
                        true,
                        List.of(
                                new StepChange(NOON, "50 %"),
                                new StepChange(NOON.plusSeconds(99), "100 %")));
        var svg = parsed(course.svg().getValue());
        assertThat(svg).containsPattern("text-anchor=.end.[^>]*>100 %<").contains(">50 %<");
    }

    @Test
    @DisplayName("of a ladder of a hundred steps names as many shares as have room")
    void manySteps() {
        var minute = Duration.ofMinutes(1);
        var none = Duration.ZERO;
        var many = new ArrayList<Rung>();
        for (int i = 1; i <= 100; i++) {
            many.add(new Rung("s", i / 100.0, minute, none, none, Place.AHEAD, Gate.NONE));
        }
        var svg = parsed(new Ladder("w", many, null).svg().getValue());
        assertThat(Pattern.compile("class=.share ahead.").matcher(svg).results().count())
                .isBetween(8L, 18L);
        assertThat(svg).containsPattern(">100.%<");
    }

    @Test
    @DisplayName("of a course below zero holds its values")
    void negative() {
        var points = List.of(point(0, -0.04), point(1, -0.02));
        assertThat(course(points, 0.02)).contains(">−5 %<");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, -0.02, 5000, 1e-9, 1e12, Double.NaN, Double.POSITIVE_INFINITY})
    @DisplayName("of a strip can be drawn at any limit, known or not, within its frame")
    void anyLimit(double limit) {
        for (boolean badAbove : List.of(true, false)) {
            for (var interval :
                    List.of(
                            NOTHING,
                            new Interval(0, 0.02, 0.3, 5),
                            new Interval(-3, 1e9, Double.POSITIVE_INFINITY, 5))) {
                var svg =
                        new Strip("w", Unit.PLAIN, limit, badAbove, interval, interval, Tone.UNSURE)
                                .svg()
                                .getValue();
                assertThat(parsed(svg)).doesNotContain("NaN").doesNotContain("Infinity");
            }
        }
    }

    @Test
    @DisplayName("of a strip has the limit at the same place whatever the unit")
    void limitsAlign() {
        var seen = new Interval(0.01, 0.02, 0.03, 412);
        var slow = new Interval(6400, 7300, 8900, 41);
        var place = "<line class=\"limit\" x1=\"66%\"";
        assertThat(new Strip("w", Unit.RATE, 0.1, true, seen, null, Tone.MET).svg().getValue())
                .contains(place);
        assertThat(
                        new Strip("w", Unit.MILLIS, 5000, true, slow, null, Tone.BREACHED)
                                .svg()
                                .getValue())
                .contains(place);
        assertThat(
                        new Strip(
                                        "w",
                                        Unit.RATE,
                                        0.9,
                                        false,
                                        new Interval(0.93, 0.95, 0.97, 9),
                                        null,
                                        Tone.MET)
                                .svg()
                                .getValue())
                .contains(place);
        assertThat(
                        new Strip(
                                        "w",
                                        Unit.POINTS,
                                        0.02,
                                        true,
                                        new Interval(-0.06, -0.04, -0.02, 9),
                                        null,
                                        Tone.MET)
                                .svg()
                                .getValue())
                .contains(place);
    }

    @Test
    @DisplayName("of a strip says what lies beyond its end")
    void outlier() {
        var far = new Interval(40_000, 48_000, 52_000, 41);
        assertThat(
                        new Strip("w", Unit.MILLIS, 5000, true, far, null, Tone.BREACHED)
                                .svg()
                                .getValue())
                .contains("beyond")
                .contains("48 s");
        assertThat(
                        new Strip("w", Unit.MILLIS, 5000, true, null, null, Tone.UNSURE)
                                .svg()
                                .getValue())
                .contains("nothing known yet");
    }

    @Test
    @DisplayName("of a ladder drops to nothing with its reason when it was rolled back")
    void rolledBack() {
        var svg = ladder(new End(false, "p95 <7.3 s>"));
        assertThat(svg)
                .contains("class=\"drop\"")
                .contains("p95 &lt;7.3 s&gt;")
                .contains("tread never");
        assertThat(ladder(new End(true, ""))).contains("promoted").doesNotContain("class=\"drop\"");
        assertThat(ladder(null)).contains("class=\"now\"").contains("gate: asks a person");
    }

    @Test
    @DisplayName("of a ladder can be as small as a word")
    void tiny() {
        assertThat(parsed(new Ladder("w", rungs(), new End(false, "slow")).tiny().getValue()))
                .contains("width=\"96\"")
                .contains("drop");
    }

    @Test
    @DisplayName("of a budget is drawn when it is full, overdrawn and not known")
    void budgets() {
        assertThat(new BudgetBar("w", 1, Tone.MET).svg().getValue())
                .contains("class=\"left\" x=\"0%\" y=\"1\" width=\"100%\"");
        assertThat(new BudgetBar("w", -3, Tone.BREACHED).svg().getValue())
                .contains("class=\"spent\" x=\"0%\" y=\"1\" width=\"100%\"");
        assertThat(new BudgetBar("w", Double.NaN, Tone.UNSURE).svg().getValue())
                .contains("missing");
    }

    @Test
    @DisplayName("of many runs has one scale and leaves a run without a number empty")
    void forest() {
        var rows =
                List.of(
                        new Forest.Row(
                                "5 %", "A", new Interval(-0.06, -0.04, -0.02, 409), "−4.0 points"),
                        new Forest.Row("5 %", "B", null, "never got there"),
                        new Forest.Row("25 %", "A", NOTHING, "not known"));
        var drawn = new Forest(Unit.POINTS, true, true, rows).drawn();
        assertThat(drawn).extracting(Forest.Drawn::first).containsExactly(true, false, true);
        assertThat(drawn.get(0).svg().getValue())
                .contains("class=\"zero\"")
                .contains("<circle class=\"candidate\"");
        assertThat(drawn.get(1).svg().getValue()).doesNotContain("circle");
        assertThat(parsed(drawn.get(2).svg().getValue())).doesNotContain("NaN");
        assertThat(new Forest(Unit.RATE, false, true, List.of()).drawn()).isEmpty();
    }

    @Test
    @DisplayName("of cost against quality can be drawn without a run")
    void scatter() {
        assertThat(
                        parsed(
                                new Scatter("w", "cost", Unit.USD, "bad", Unit.RATE, List.of())
                                        .svg()
                                        .getValue()))
                .contains("cost");
    }

    @Test
    @DisplayName("is described in words that are escaped")
    void described() {
        var svg = new BudgetBar("62 % <left> & \"more\"", 0.62, Tone.MET).svg().getValue();
        assertThat(parsed(svg))
                .contains("role=\"img\"")
                .contains("<title>62 % &lt;left&gt; &amp; &quot;more&quot;</title>");
    }

    @Test
    @DisplayName("has ticks at round numbers")
    void ticks() {
        assertThat(new Axis(0, 0.16).ticks(4)).containsExactly(0.0, 0.05, 0.1, 0.15);
        assertThat(new Axis(-3, 7).ticks(3)).containsExactly(0.0, 5.0);
        assertThat(Axis.holding(0, 0).ticks(2)).containsExactly(0.0, 0.5, 1.0);
        assertThatThrownBy(() -> new Axis(1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("is refused where its numbers make no sense")
    void refused() {
        assertThatThrownBy(() -> new Interval(2, 1, 1, 5)).hasMessageContaining("low <= high");
        assertThatThrownBy(() -> new Interval(Double.NaN, 1, 1, 5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Ladder("w", List.of(), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Point point(long second, double value) {
        return new Point(
                NOON.plusSeconds(second), new Interval(value - 0.01, value, value + 0.01, 100));
    }

    private static String course(List<Point> points, Double limit) {
        return parsed(
                new Course(
                                "w",
                                Unit.RATE,
                                NOON,
                                NOON.plusSeconds(4),
                                points,
                                List.of(),
                                limit,
                                true,
                                List.of())
                        .svg()
                        .getValue());
    }

    private static String ladder(End end) {
        return parsed(new Ladder("w", rungs(), end).svg().getValue());
    }

    private static List<Rung> rungs() {
        var minute = Duration.ofMinutes(1);
        return List.of(
                new Rung("a & b", 0.05, minute, minute, Duration.ZERO, Place.PASSED, Gate.NONE),
                new Rung("half", 0.5, minute, minute, minute, Place.NOW, Gate.ASKING),
                new Rung(
                        "full",
                        1,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Place.AHEAD,
                        Gate.NONE));
    }

    /// The picture, after a parser has read it.
    private static String parsed(String svg) {
        try {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg)));
        } catch (Exception e) {
            throw new AssertionError("not well formed: " + svg, e);
        }
        return svg;
    }
}
