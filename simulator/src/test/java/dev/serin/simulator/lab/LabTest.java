package dev.serin.simulator.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Measure;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.plan.Plan;
import dev.serin.simulator.profile.Distribution.Clipped;
import dev.serin.simulator.profile.Distribution.Constant;
import dev.serin.simulator.profile.Distribution.Lognormal;
import dev.serin.simulator.profile.Failures;
import dev.serin.simulator.profile.ModelProfile;
import dev.serin.simulator.profile.Profiles;
import dev.serin.simulator.profile.RealisticProfile;
import dev.serin.simulator.profile.Speed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A lab")
class LabTest {

    private static LabOrder order(int runs) {
        return new LabOrder(
                Plans.UPGRADE,
                Profiles.GPT_3_5,
                List.of(Profiles.GPT_4_GOOD, Profiles.GPT_4_BAD),
                runs,
                7,
                20,
                Duration.ofSeconds(10),
                Duration.ofMinutes(30));
    }

    @Test
    @DisplayName("promotes the good model, rolls the bad one back, and tells what each cost")
    void tellsGoodFromBad() {
        var report = Lab.run(order(20), LabWatch.NOBODY, 2);

        var good = report.results().get(0);
        var bad = report.results().get(1);
        assertThat(report.whole()).isTrue();
        assertThat(good.promoted()).isEqualTo(20);
        assertThat(good.calls().median()).isBetween(400.0, 1200.0);
        assertThat(good.reasons()).containsOnlyKeys("promoted");
        assertThat(bad.rolledBack()).isEqualTo(20);
        assertThat(bad.reasons()).containsOnlyKeys("broke p95_latency_ms >= 5000");
        assertThat(bad.exposed().calls()).isLessThan(good.exposed().calls());
        assertThat(bad.exposed().keys()).isBetween(1.0, bad.exposed().calls());
        assertThat(good.exposed().usd()).isCloseTo(0.032 * good.exposed().calls(), within(1.0));
    }

    @Test
    @DisplayName("gives the same report whatever the number of threads")
    void needsNoOrder() {
        var one = Lab.run(order(6), LabWatch.NOBODY, 1);
        var three = Lab.run(order(6), LabWatch.NOBODY, 3);

        assertThat(three).isEqualTo(one);
    }

    @Test
    @DisplayName("stops when its watch says so, and tells how many runs it has")
    void stops() {
        var seen = new AtomicLong();
        var report = Lab.run(order(100_000), stopping(seen), 2);

        assertThat(report.whole()).isFalse();
        assertThat(report.results().getFirst().runs()).isLessThan(100_000);
        assertThat(seen.get()).isGreaterThanOrEqualTo(200_000);
    }

    @Test
    @DisplayName("stops within a run that would go on for long, and leaves it out")
    void stopsWithinARun() {
        var silent = Plans.over(new Metric.Rate("refusal_rate", "refusal"), 0.05);
        var plan =
                Plans.plan(
                        List.of(Plans.step("half", 50, 600, null)),
                        List.of(silent),
                        List.of(),
                        null,
                        new Plan.Rules(0.95, 0.95, 0, 50, Duration.ofDays(9), Long.MAX_VALUE),
                        null,
                        Plan.Approvals.ONE);
        var day =
                new LabOrder(
                        plan,
                        Profiles.GPT_3_5,
                        List.of(Profiles.GPT_3_5),
                        1,
                        7,
                        2_000,
                        Duration.ZERO,
                        Duration.ofDays(1));

        var report = Lab.run(day, stopping(new AtomicLong()), 1);

        assertThat(report.whole()).isFalse();
        assertThat(report.results().getFirst().runs()).isZero();
    }

    private static LabWatch stopping(AtomicLong seen) {
        return new LabWatch() {
            @Override
            public void played(long done, long of) {
                seen.set(of);
            }

            @Override
            public boolean goesOn() {
                return false;
            }
        };
    }

    @Test
    @DisplayName("draws a curve that rises through its limit")
    void drawsCurves() {
        var curve = Lab.run(order(20), LabWatch.NOBODY, 2).curves().getFirst();

        assertThat(curve.points()).hasSizeGreaterThanOrEqualTo(7);
        assertThat(curve.points().getFirst().rate()).isLessThan(curve.limit());
        assertThat(curve.points().getFirst().rolledBack()).isZero();
        assertThat(curve.points().getLast().rate()).isGreaterThan(curve.limit());
        assertThat(curve.points().getLast().rolledBack())
                .isEqualTo(curve.points().getLast().runs());
    }

    @Test
    @DisplayName("advises against short steps, a late gate and an unwatched end")
    void advises() {
        assertThat(Lab.run(order(2), LabWatch.NOBODY, 2).advice())
                .anySatisfy(told -> assertThat(told).startsWith("canary: at 5 % of 20 calls"))
                .anySatisfy(told -> assertThat(told).startsWith("half: the first gate"))
                .anySatisfy(told -> assertThat(told).startsWith("full: nobody watches"));
    }

    @Test
    @DisplayName("says of a number that no profile gives that nothing is promoted, and the mend")
    void advisesOnNumbers() {
        var report = Lab.run(ofWords(Profiles.GPT_4_GOOD, 2), LabWatch.NOBODY, 2);

        assertThat(report.results().getFirst().promoted()).isZero();
        assertThat(report.advice())
                .first()
                .asString()
                .isEqualTo(
                        "answer_length >= 300: no call of gpt-4-good carries the number output_words,"
                                + " so it stays unsure and nothing is promoted; write numbers: {"
                                + " output_words: … } into a profile's file, and play that one.");
        assertThat(report.curves()).hasSize(1);
    }

    @Test
    @DisplayName(
            "says of a label, and of a measure, that no profile gives that nothing is promoted")
    void advisesOnSilence() {
        var refusals = Plans.over(new Metric.Rate("refusal_rate", "refusal"), 0.05);
        var firstToken = Plans.over(Metric.named("p95_ttft_ms").orElseThrow(), 2000);
        var advice = Lab.run(of(List.of(refusals, firstToken), null, 2), LabWatch.NOBODY, 2);

        assertThat(advice.advice())
                .contains(
                        "refusal_rate >= 0.05: no call of gpt-3.5 carries the label refusal, so it"
                                + " stays unsure and nothing is promoted; write labels: { refusal:"
                                + " … } into a profile's file, and play that one.",
                        "p95_ttft_ms >= 2000: no call of gpt-3.5 tells of it, so it stays unsure and"
                                + " nothing is promoted; play a profile whose calls do, such as"
                                + " gpt-4.");
    }

    @Test
    @DisplayName("says why a candidate is rolled back that breaks no limit")
    void advisesOnExposure() {
        var order = of(List.of(Plans.ERRORS), new Plan.Exposure(10L, null), 4);

        assertThat(Lab.run(order, LabWatch.NOBODY, 2).advice())
                .anySatisfy(told ->
                        assertThat(told)
                                .matches(
                                        "gpt-3\\.5 breaks no limit, and the plan rolls it back in 4 of"
                                                + " 4 runs: reached the plan's exposure cap; [0-9.]+ % of"
                                                + " its calls are bad in some way, so 10 bad calls are some"
                                                + " 1[0-9]{2} calls; raise the cap\\."));
    }

    private static LabOrder of(
            List<Condition> conditions, Plan.@Nullable Exposure exposure, int runs) {
        var plan =
                Plans.plan(
                        List.of(
                                Plans.step("canary", 25, 600, null),
                                Plans.step("full", 100, 600, null)),
                        conditions,
                        List.of(),
                        null,
                        Plan.Rules.DEFAULT,
                        exposure,
                        Plan.Approvals.ONE);
        return new LabOrder(
                plan,
                Profiles.GPT_3_5,
                List.of(Profiles.GPT_3_5),
                runs,
                7,
                20,
                Duration.ofSeconds(10),
                Duration.ofMinutes(20));
    }

    @Test
    @DisplayName("judges a number that a profile gives, and draws its curve")
    void playsNumbers() {
        var report = Lab.run(ofWords(wordy("brief", 120), 20), LabWatch.NOBODY, 2);

        assertThat(report.results().getFirst().promoted()).isEqualTo(20);
        assertThat(report.advice()).noneMatch(told -> told.contains("output_words"));
        assertThat(report.curves())
                .filteredOn(curve -> curve.condition().equals(LENGTH))
                .singleElement()
                .satisfies(curve -> {
                    assertThat(curve.points().getFirst().rolledBack()).isZero();
                    assertThat(curve.points().getLast().rolledBack())
                            .isEqualTo(curve.points().getLast().runs());
                });
        assertThat(
                        Lab.run(ofWords(wordy("talkative", 600), 20), LabWatch.NOBODY, 2)
                                .results()
                                .getFirst()
                                .rolledBack())
                .isEqualTo(20);
    }

    private static final Condition LENGTH =
            Plans.over(new Metric.Mean("answer_length", new Measure.Named("output_words")), 300);

    private static LabOrder ofWords(ModelProfile candidate, int runs) {
        var plan =
                Plans.plan(
                        List.of(
                                Plans.step("canary", 25, 60, null),
                                Plans.step("full", 100, 0, null)),
                        List.of(Plans.ERRORS, LENGTH),
                        List.of(),
                        null,
                        Plan.Rules.DEFAULT,
                        null,
                        Plan.Approvals.ONE);
        return new LabOrder(
                plan,
                Profiles.GPT_3_5,
                List.of(candidate),
                runs,
                7,
                20,
                Duration.ofSeconds(10),
                Duration.ofHours(3));
    }

    private static ModelProfile wordy(String name, double median) {
        return new RealisticProfile(
                name,
                name,
                null,
                null,
                new Speed.Whole(new Constant(400)),
                Failures.NONE,
                null,
                List.of(),
                Map.of("output_words", new Clipped(new Lognormal(median, 0.3), 1, 1500)),
                List.of(),
                0);
    }

    @Test
    @DisplayName("refuses an order without candidates, and tells the rule")
    void refusesNonsense() {
        assertThatThrownBy(() ->
                        new LabOrder(
                                Plans.UPGRADE,
                                Profiles.GPT_3_5,
                                List.of(),
                                1,
                                1,
                                20,
                                Duration.ZERO,
                                Duration.ofHours(1)))
                .hasMessage("a lab has 1 to 50 candidates, got 0");
    }

    @Test
    @DisplayName("tells where a chance lies by Wilson's interval")
    void wilson() {
        var interval = Interval.wilson(10, 100);

        assertThat(interval.low()).isCloseTo(0.0552, within(1e-4));
        assertThat(interval.high()).isCloseTo(0.1744, within(1e-4));
        assertThat(Interval.wilson(0, 20).low()).isZero();
        assertThat(Interval.wilson(0, 0)).isEqualTo(new Interval(0, 1));
    }
}
