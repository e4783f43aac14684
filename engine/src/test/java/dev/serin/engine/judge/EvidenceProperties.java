package dev.serin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

class EvidenceProperties {

    private static final double E_20 = Math.log(20);

    @Property(tries = 300)
    void mergingCountsIsAssociativeAndCommutative(
            @ForAll("counts") Tally.Counts a,
            @ForAll("counts") Tally.Counts b,
            @ForAll("counts") Tally.Counts c) {
        assertThat(a.plus(b)).isEqualTo(b.plus(a));
        assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
        assertThat(a.plus(Tally.Counts.NONE)).isEqualTo(a);
    }

    @Property(tries = 300)
    void mergingMomentsIsAssociativeAndCommutative(
            @ForAll("moments") Tally.Moments a,
            @ForAll("moments") Tally.Moments b,
            @ForAll("moments") Tally.Moments c) {
        assertThat(a.plus(b)).isEqualTo(b.plus(a));
        var left = a.plus(b).plus(c);
        var right = a.plus(b.plus(c));
        assertThat(left.n()).isEqualTo(right.n());
        assertThat(left.sum()).isCloseTo(right.sum(), within(1e-9));
        assertThat(left.v()).isCloseTo(right.v(), within(1e-9));
    }

    @Property(tries = 300)
    void evidenceAgainstAtMostFallsAndAgainstAtLeastRises(
            @ForAll("counts") Tally.Counts counts,
            @ForAll @DoubleRange(max = 1) double p,
            @ForAll @DoubleRange(max = 1) double q) {
        var inquiry = proportion(counts);
        double low = Math.min(p, q);
        double high = Math.max(p, q);

        assertThat(inquiry.up(0, high)).isLessThanOrEqualTo(inquiry.up(0, low) + 1e-9);
        assertThat(inquiry.down(0, low)).isLessThanOrEqualTo(inquiry.down(0, high) + 1e-9);
    }

    @Property(tries = 300)
    void goodAndBadCallsChangePlaces(
            @ForAll("counts") Tally.Counts counts, @ForAll @DoubleRange(max = 1) double p) {
        var turned = proportion(new Tally.Counts(counts.n(), counts.n() - counts.bad()));
        double up = proportion(counts).up(0, p);

        assertThat(turned.down(0, 1 - p)).isCloseTo(up, within(1e-6 * Math.max(1, Math.abs(up))));
    }

    @Property(tries = 300)
    void whatIsSeenSpeaksAgainstNeitherSideOfItself(@ForAll("counts") Tally.Counts counts) {
        var inquiry = proportion(counts);
        double seen = inquiry.value(0);

        assertThat(inquiry.up(0, seen)).isLessThanOrEqualTo(1e-6);
        assertThat(inquiry.down(0, seen)).isLessThanOrEqualTo(1e-6);
    }

    @Property(tries = 200)
    void theArmsOfAComparisonChangePlaces(
            @ForAll("few") Tally.Counts candidate,
            @ForAll("few") Tally.Counts baseline,
            @ForAll @DoubleRange(min = 0.1, max = 4) double factor,
            @ForAll @DoubleRange(min = -0.2, max = 0.2) double offset) {
        var straight = difference(candidate, baseline, factor);
        var turned = difference(baseline, candidate, 1 / factor);

        assertThat(straight.down(0, offset))
                .isCloseTo(turned.up(0, -offset / factor), within(1e-7));
    }

    @Property(tries = 200)
    void aDifferenceOfPercentilesHoldsWhereverTheBaselinesTrulyLies(
            @ForAll("latencies") List<Double> candidate,
            @ForAll("latencies") List<Double> baseline,
            @ForAll @DoubleRange(min = 0.5, max = 3) double factor,
            @ForAll @DoubleRange(min = -2e4, max = 2e4) double difference) {
        var inquiry =
                new SpreadInquiry(
                        spread(candidate), spread(baseline), 0.95, new Limit.Relative(factor, 1));
        var rising = ProportionWager.rising();
        var falling = ProportionWager.falling();
        double up = Double.POSITIVE_INFINITY;
        double down = Double.POSITIVE_INFINITY;
        for (int i = Histogram.LOWEST; i <= Histogram.HIGHEST; i++) {
            double from = factor * Histogram.edge(i) + difference;
            double to =
                    i == Histogram.HIGHEST
                            ? Double.POSITIVE_INFINITY
                            : factor * Histogram.edge(i + 1) + difference;
            if (to >= 0) {
                double evidence =
                        tail(rising, candidate, Histogram.edgeAtOrOver(to))
                                + tail(falling, baseline, i);
                up = Math.min(up, evidence);
            }
            double evidence =
                    tail(falling, candidate, Histogram.edgeAtOrBelow(from))
                            + tail(rising, baseline, i + 1);
            down = Math.min(down, evidence);
        }

        assertThat(inquiry.up(0, difference)).isCloseTo(up, within(1e-9));
        assertThat(inquiry.down(0, difference)).isCloseTo(down, within(1e-9));
    }

    @Property(tries = 200)
    void lessDoubtMeansAWiderInterval(@ForAll("counts") Tally.Counts counts) {
        var sure = interval(counts, 0.001);
        var less = interval(counts, 0.05);

        assertThat(sure.low()).isLessThanOrEqualTo(less.low());
        assertThat(sure.high()).isGreaterThanOrEqualTo(less.high());
        assertThat(less.low()).isLessThanOrEqualTo(less.value());
        assertThat(less.high()).isGreaterThanOrEqualTo(less.value());
    }

    @Example
    void aRateAtItsLimitCrossesInFewerThanOneOfTwenty() {
        // 10,000 streams; three standard deviations of a chance of 5 % are 0.65 %.
        for (double p : List.of(0.05, 0.1)) {
            int up = 0;
            int down = 0;
            var rising = ProportionWager.rising();
            var falling = ProportionWager.falling();
            rising.against(p);
            falling.against(p);
            for (int stream = 0; stream < 10_000; stream++) {
                var random = new SplittableRandom(stream);
                boolean crossedUp = false;
                boolean crossedDown = false;
                int bad = 0;
                for (int n = 1; n <= 600; n++) {
                    if (random.nextDouble() < p) {
                        bad++;
                    }
                    if (n <= 40 || n % 8 == 0) {
                        crossedUp |= rising.log(n, bad, 0) >= E_20;
                        crossedDown |= falling.log(n, bad, 0) >= E_20;
                    }
                }
                up += crossedUp ? 1 : 0;
                down += crossedDown ? 1 : 0;
            }
            assertThat(up).isLessThanOrEqualTo(565);
            assertThat(down).isLessThanOrEqualTo(565);
        }
    }

    @Example
    void aRateWithRestartsCrossesInFewerThanOneOfTwenty() {
        int crossed = 0;
        for (int stream = 0; stream < 2_000; stream++) {
            var random = new SplittableRandom(stream);
            var seen = new Seen();
            boolean broken = false;
            var condition = JudgeTest.condition(Metric.ERROR_RATE, Condition.Side.AT_LEAST, 0.1);
            for (int bucket = 0; bucket < 40 && !broken; bucket++) {
                long bad = random.doubles(10).filter(x -> x < 0.1).count();
                seen.bucket().candidate(new Track.Marked("error"), Seen.counts(bad, 10));
                broken =
                        seen.judged(condition, new Strictness(0.05, 0.05, 0, 50))
                                instanceof Finding.Breached;
            }
            crossed += broken ? 1 : 0;
        }
        // Three standard deviations of 2,000 streams at 5 % are 1.5 %.
        assertThat(crossed).isLessThanOrEqualTo(130);
    }

    @Example
    void aCandidateAsFastAsItsBaselineIsFoundSlowerInFewerThanOneOfTwenty() {
        var slower = JudgeTest.relative(Metric.P95_LATENCY_MS, 1, 500);
        var track = new Track.Spread(Quantity.LATENCY_MS);
        int broken = 0;
        for (int stream = 0; stream < 100; stream++) {
            var random = new SplittableRandom(stream);
            var seen = new Seen();
            boolean isBroken = false;
            for (int bucket = 0; bucket < 4 && !isBroken; bucket++) {
                seen.bucket();
                for (int call = 0; call < 50; call++) {
                    boolean ofCandidate = random.nextDouble() < 0.95;
                    double latency = 1000 * Math.exp(0.8 * random.nextGaussian());
                    seen.add(ofCandidate, track, Seen.histogram(latency));
                }
                isBroken =
                        seen.judged(slower, new Strictness(0.05, 0.05, 0, 50))
                                instanceof Finding.Breached;
            }
            broken += isBroken ? 1 : 0;
        }
        assertThat(broken).isLessThanOrEqualTo(5);
    }

    @Example
    void aMeanAtItsLimitCrossesInFewerThanOneOfTwenty() {
        int up = 0;
        int down = 0;
        var rising = MeanWager.rising(1);
        var falling = MeanWager.falling(1);
        rising.against(0.5);
        falling.against(0.5);
        for (int stream = 0; stream < 3_000; stream++) {
            var random = new SplittableRandom(stream);
            var recorder = new MomentsRecorder(1, 0, 0);
            boolean crossedUp = false;
            boolean crossedDown = false;
            for (int n = 1; n <= 400; n++) {
                recorder.record(random.nextDouble());
                if (n % 4 == 0) {
                    var seen = recorder.tally();
                    crossedUp |= rising.log(n, seen.sum(), seen.v()) >= E_20;
                    crossedDown |= falling.log(n, seen.sum(), seen.v()) >= E_20;
                }
            }
            up += crossedUp ? 1 : 0;
            down += crossedDown ? 1 : 0;
        }
        assertThat(up).isLessThanOrEqualTo(185);
        assertThat(down).isLessThanOrEqualTo(185);
    }

    @Example
    void anIntervalHoldsTheTruthAtEveryLookAtOnce() {
        int missed = 0;
        for (int stream = 0; stream < 1_000; stream++) {
            var random = new SplittableRandom(stream);
            long bad = 0;
            boolean miss = false;
            for (int n = 1; n <= 300; n++) {
                bad += random.nextDouble() < 0.08 ? 1 : 0;
                if (n % 20 == 0) {
                    var interval = interval(new Tally.Counts(n, bad), 0.05);
                    miss |= interval.low() > 0.08 || interval.high() < 0.08;
                }
            }
            missed += miss ? 1 : 0;
        }
        // Three standard deviations of 1,000 streams at 5 % are 2.1 %.
        assertThat(missed).isLessThanOrEqualTo(71);
    }

    @Provide
    Arbitrary<Tally.Counts> counts() {
        return countsUpTo(100_000);
    }

    @Provide
    Arbitrary<Tally.Counts> few() {
        return countsUpTo(2_000);
    }

    @Provide
    Arbitrary<Tally.Moments> moments() {
        return Arbitraries.doubles()
                .between(0, 2)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30)
                .map(values -> Seen.moments(1, values.stream().mapToDouble(x -> x).toArray()));
    }

    @Provide
    Arbitrary<List<Double>> latencies() {
        return Arbitraries.doubles()
                .between(0, 5)
                .map(magnitude -> Math.pow(10, magnitude))
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    private static Arbitrary<Tally.Counts> countsUpTo(long most) {
        return Combinators.combine(
                        Arbitraries.longs().between(1, most), Arbitraries.doubles().between(0, 1))
                .as((n, rate) -> new Tally.Counts(n, Math.round(n * rate)));
    }

    private static Inquiry proportion(Tally.Counts counts) {
        return new AbsoluteInquiry(new Family.Proportion(), sums(counts));
    }

    private static Inquiry difference(
            Tally.Counts candidate, Tally.Counts baseline, double factor) {
        return new RelativeInquiry(
                new Family.Proportion(),
                sums(candidate),
                sums(baseline),
                new Limit.Relative(factor, 0.01));
    }

    /// Evidence on the part of the values at or over an edge, against 5 %.
    private static double tail(Wager wager, List<Double> values, int edge) {
        long over = values.stream().filter(value -> Histogram.bucketOf(value) >= edge).count();
        wager.against(PercentileInquiry.tail(0.95));
        return wager.log(values.size(), (double) over, 0);
    }

    private static Exceedances spread(List<Double> values) {
        var histogram = Seen.histogram(values.stream().mapToDouble(x -> x).toArray());
        var bucket = new StepEvidence.Bucket(0, 1, Tallies.NONE, Tallies.NONE);
        return Exceedances.of(Restarts.of(1), List.of(bucket), _ -> histogram, _ -> true);
    }

    private static Sums sums(Tally.Counts counts) {
        var bucket = new StepEvidence.Bucket(0, 1, Tallies.NONE, Tallies.NONE);
        return Sums.of(Restarts.of(1), List.of(bucket), _ -> Sums.Part.of(counts), _ -> true);
    }

    private static Estimate interval(Tally.Counts counts, double alpha) {
        return Bounds.plain(proportion(counts), new Strictness(alpha / 2, alpha / 2, 0, 1), 0.1);
    }
}
