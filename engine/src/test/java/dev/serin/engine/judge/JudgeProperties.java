package dev.serin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Condition.Side;
import dev.serin.engine.judge.Finding.Breached;
import dev.serin.engine.judge.Finding.Met;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/// What holds for every evidence, however odd.
class JudgeProperties {

    private static final List<Strictness> STRICT =
            List.of(
                    new Strictness(0.05 / 16, 0.05, 0, 50),
                    new Strictness(0.05, 0.05, 0.2, 30),
                    new Strictness(0.5, 0.2, 0, 1));

    @Property(tries = 200)
    void theIntervalShownIsTheOneThatDecides(
            @ForAll("conditions") Condition condition, @ForAll("seeds") long seed) {
        var seen = random(seed);
        for (var strictness : STRICT) {
            var finding = judged(condition, strictness, seen, seed);
            var estimate = finding.estimate();
            if (!estimate.isKnown()) {
                assertThat(finding).isNotInstanceOf(Met.class).isNotInstanceOf(Breached.class);
                continue;
            }
            double limit = limit(condition);
            boolean over =
                    condition.side() == Side.AT_LEAST
                            ? estimate.low() >= limit
                            : estimate.high() <= limit;
            long calls =
                    condition.isRelative() ? estimate.calls() : finding.arms().candidate().calls();
            boolean maybeHigher =
                    condition.side() == Side.AT_MOST
                            && finding instanceof Finding.Unsure(_, _, _, var why, _)
                            && why.contains("above the cap");
            assertThat(finding instanceof Breached)
                    .as("%s at %s", finding, limit)
                    .isEqualTo(over && calls >= Strictness.LEAST_TO_BREACH && !maybeHigher);
            double margin = condition.isRelative() ? 0 : strictness.margin() * limit;
            boolean under =
                    condition.side() == Side.AT_LEAST
                            ? estimate.high() <= limit + margin
                            : estimate.low() >= limit - margin;
            if (finding instanceof Met) {
                assertThat(under).as("%s", finding).isTrue();
                assertThat(calls).isGreaterThanOrEqualTo(strictness.minCalls());
            } else if (finding instanceof Finding.Unsure(_, _, _, var why, _)
                    && !why.contains("latest calls")
                    && !why.contains("above the cap")
                    && !why.contains("at least")
                    && !why.contains("breach")) {
                assertThat(under).as("%s", finding).isFalse();
            }
        }
    }

    @Property(tries = 100)
    void boundsAreOrderedAndEveryFindingHasASentence(
            @ForAll("conditions") Condition condition, @ForAll("seeds") long seed) {
        var finding = judged(condition, STRICT.getFirst(), random(seed), seed);
        var estimate = finding.estimate();

        assertThat(estimate.low()).isLessThanOrEqualTo(estimate.high());
        if (estimate.isKnown()) {
            assertThat(estimate.value()).isBetween(estimate.low(), estimate.high());
        }
        assertThat(finding.sentence()).doesNotContain("NaN", "Infinity", "null").endsWith(".");
    }

    @Property(tries = 40)
    void theSameEvidenceGivesTheSameFinding(
            @ForAll("conditions") Condition condition, @ForAll("seeds") long seed) {
        var seen = random(seed);

        assertThat(judged(condition, STRICT.getFirst(), seen, seed))
                .isEqualTo(judged(condition, STRICT.getFirst(), seen, seed));
    }

    @Property(tries = 100)
    void callsThatStillRunAreMetAsIfTheyNeverEndAndBreakAsIfTheyEndedAtTheLimit(
            @ForAll("seeds") long seed,
            @ForAll @IntRange(min = 0, max = 40) int running,
            @ForAll @DoubleRange(min = 0, max = 0.5) double margin) {
        var condition = JudgeTest.condition(Metric.P95_LATENCY_MS, Side.AT_LEAST, 1000);
        var strictness = new Strictness(0.05, 0.05, margin, 30);
        var still = random(seed).running(1000, running).judged(condition, strictness);
        var endless = random(seed).latencies(1000, times(running, 1e6));
        var soon = random(seed).latencies(1000, times(running, 1000));

        assertThat(still instanceof Met)
                .isEqualTo(endless.judged(condition, strictness) instanceof Met);
        assertThat(still instanceof Breached)
                .isEqualTo(soon.judged(condition, strictness) instanceof Breached);
    }

    private static double[] times(int calls, double value) {
        var values = new double[calls];
        Arrays.fill(values, value);
        return values;
    }

    @Property(tries = 200)
    void aMeanAtItsLimitBesideTheBaselineIsNotBrokenHoweverFarAboveTheCap(
            @ForAll @DoubleRange(min = 0.01, max = 0.5) double baseline,
            @ForAll @DoubleRange(min = 0.5, max = 8) double factor,
            @ForAll @IntRange(min = 5, max = 500) int calls) {
        var track = new Track.Sum(Quantity.COST_USD, 0.5);
        var seen = new Seen().bucket();
        seen.candidate(track, Seen.moments(0.5, times(calls, factor * baseline)));
        seen.baseline(track, Seen.moments(0.5, times(calls, baseline)));

        assertThat(
                        seen.judged(
                                JudgeTest.relative(Metric.AVG_COST_USD, factor, 0),
                                STRICT.getLast()))
                .isNotInstanceOf(Breached.class);
        assertThat(
                        seen.judged(
                                JudgeTest.relative(Metric.AVG_COST_USD, 1, (factor - 1) * baseline),
                                STRICT.getLast()))
                .isNotInstanceOf(Breached.class);
    }

    @Property(tries = 200)
    void breachesAskedForAloneAreThoseAmongAllFindings(
            @ForAll("conditions") Condition condition,
            @ForAll("seeds") long seed,
            @ForAll boolean fullShare) {
        var step = random(seed).evidence();
        var now = Seen.START.plusSeconds(seed % 1_000);
        var asked = List.of(condition);
        for (var strictness : STRICT) {
            assertThat(Judge.breaches(asked, strictness, step, fullShare, now, Detail.WHOLE))
                    .isEqualTo(broken(Judge.candidate(asked, strictness, step, fullShare, now)));
            assertThat(Judge.baselineBreaches(asked, strictness, step, now, Detail.WHOLE))
                    .isEqualTo(broken(Judge.baseline(asked, strictness, step, now)));
        }
    }

    @Property(tries = 200)
    void aVerdictAloneIsThatOfTheWholeFinding(
            @ForAll("conditions") Condition condition,
            @ForAll("seeds") long seed,
            @ForAll boolean fullShare) {
        var step = random(seed).evidence();
        var now = Seen.START.plusSeconds(seed % 1_000);
        var asked = List.of(condition);
        for (var strictness : STRICT) {
            var whole = Judge.candidate(asked, strictness, step, fullShare, now).getFirst();
            var bare =
                    Judge.candidate(asked, strictness, step, fullShare, now, Detail.VERDICT)
                            .getFirst();

            assertThat(bare).hasSameClassAs(whole);
            assertThat(bare.condition()).isEqualTo(whole.condition());
            assertThat(bare.sentence()).doesNotContain("NaN", "Infinity", "null").endsWith(".");
        }
    }

    private static List<Finding> broken(List<Finding> findings) {
        return findings.stream().filter(Breached.class::isInstance).toList();
    }

    @Property(tries = 1_000)
    void aBoundLiesPastTheSplitExactlyIfTheEvidenceThereSaysSo(
            @ForAll("scales") Scale scale,
            @ForAll @DoubleRange(min = 0, max = 1.2) double split,
            @ForAll @DoubleRange(min = 0, max = 1) double root,
            @ForAll @DoubleRange(min = 0, max = 5) double level) {
        DoubleUnaryOperator falling = theta -> level + root - theta;
        DoubleUnaryOperator rising = theta -> level + theta - root;
        for (double at : new double[] {split, 0, 0.25, 1}) {
            if (at == 0 && scale instanceof Scale.Ratios) {
                continue;
            }
            assertThat(scale.isAtLeast(falling, level, at, 1))
                    .isEqualTo(scale.greatest(falling, level, at, 1) >= at);
            assertThat(scale.isAtMost(rising, level, at, 0.01))
                    .isEqualTo(scale.least(rising, level, at, 0.01) <= at);
        }
    }

    @Provide
    Arbitrary<Scale> scales() {
        return Arbitraries.of(
                new Scale.Line(0, 1, 0, 1),
                new Scale.Line(0, 1, 0, Double.POSITIVE_INFINITY),
                new Scale.Line(-1, 1, -1, 1),
                new Scale.Ratios(1e-9, 1e9),
                new Scale.Edges(new double[] {0.125, 0.25, 0.5, 1}),
                new Scale.Edges(new double[] {}));
    }

    @Property(tries = 100)
    void silenceIsNeverGood(@ForAll("conditions") Condition condition) {
        var seen = new Seen().bucket().bucket();

        assertThat(judged(condition, STRICT.getLast(), seen, 0)).isInstanceOf(Finding.Unsure.class);
    }

    @Provide
    Arbitrary<Condition> conditions() {
        return Arbitraries.of(
                JudgeTest.condition(Metric.ERROR_RATE, Side.AT_LEAST, 0.1),
                JudgeTest.condition(Metric.ERROR_RATE, Side.AT_MOST, 0.1),
                JudgeTest.condition(Metric.P95_LATENCY_MS, Side.AT_LEAST, 1000),
                JudgeTest.condition(Metric.P95_LATENCY_MS, Side.AT_LEAST, 1024),
                JudgeTest.condition(Metric.P95_LATENCY_MS, Side.AT_MOST, 1000),
                JudgeTest.condition(Metric.AVG_COST_USD, Side.AT_LEAST, 0.1),
                JudgeTest.condition(Metric.AVG_COST_USD, Side.AT_MOST, 0.1),
                JudgeTest.condition(
                        new Metric.CostPerSuccess("avg_cost_usd_per_success"), Side.AT_LEAST, 0.1),
                JudgeTest.relative(Metric.ERROR_RATE, 1, 0.02),
                JudgeTest.relative(Metric.ERROR_RATE, 2, 0),
                JudgeTest.relative(Metric.AVG_COST_USD, 1.5, 0),
                JudgeTest.relative(Metric.AVG_COST_USD, 1, 0.05),
                JudgeTest.relative(Metric.P95_LATENCY_MS, 1.5, 0),
                JudgeTest.relative(Metric.P95_LATENCY_MS, 1, 300));
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs().between(0, 1_000_000);
    }

    private static Finding judged(
            Condition condition, Strictness strictness, Seen seen, long seed) {
        Instant now = seen.end().plusMillis(seed % 30_000);
        return seen.judged(condition, strictness, now);
    }

    private static double limit(Condition condition) {
        return switch (condition.limit()) {
            case Limit.Absolute(double value) -> value;
            case Limit.Relative relative ->
                    relative.isRatio() ? relative.factor() : relative.offset();
        };
    }

    /// Some buckets of calls around the limits; often with a change midway, sometimes with gaps.
    private static Seen random(long seed) {
        var random = new SplittableRandom(seed);
        var seen = new Seen();
        int buckets = random.nextInt(1, 90);
        double scale = Math.pow(random.nextDouble(), 2);
        int most = 1 + (int) (60 * scale);
        double bad = 0.3 * Math.pow(random.nextDouble(), 2);
        double later = random.nextBoolean() ? bad : 0.3 * random.nextDouble();
        double slow = 400 * Math.exp(random.nextDouble());
        double cap = random.nextInt(5) == 0 ? 0.7 : 0.4;
        for (int i = 0; i < buckets; i++) {
            seen.bucket();
            double rate = i < buckets / 2 ? bad : later;
            fill(seen, random, random.nextInt(most + 1), rate, slow * (1 + rate), cap, true);
            fill(seen, random, random.nextInt(3 * most + 1), bad, slow, 0.4, false);
        }
        return seen;
    }

    private static void fill(
            Seen seen,
            SplittableRandom random,
            int calls,
            double rate,
            double slow,
            double most,
            boolean candidate) {
        if (calls == 0) {
            return;
        }
        long bad = random.doubles(calls).filter(x -> x < rate).count();
        var times = random.doubles(calls).map(x -> slow * (0.5 + x * x)).toArray();
        var costs = random.doubles(calls).map(x -> most * x * x * rate * 3).toArray();
        var withFailures = Arrays.copyOf(costs, calls);
        for (int i = 0; i < bad; i++) {
            withFailures[i] += 0.1;
        }
        seen.add(candidate, new Track.Marked("error"), Seen.counts(bad, calls));
        seen.add(candidate, new Track.Spread(Quantity.LATENCY_MS), Seen.histogram(times));
        long over = Arrays.stream(times).filter(time -> time >= 1000).count();
        seen.add(candidate, new Track.Reaches(Quantity.LATENCY_MS, 1000), Seen.counts(over, calls));
        seen.add(candidate, new Track.Sum(Quantity.COST_USD, 0.5), Seen.moments(0.5, costs));
        seen.add(candidate, new Track.CostWithFailures(0.1, 0.5), Seen.moments(0.5, withFailures));
    }
}
