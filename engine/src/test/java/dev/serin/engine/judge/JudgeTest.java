package dev.serin.engine.judge;

import static dev.serin.engine.judge.Condition.Side.AT_LEAST;
import static dev.serin.engine.judge.Condition.Side.AT_MOST;
import static dev.serin.engine.judge.Seen.counts;
import static dev.serin.engine.judge.Seen.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serin.engine.judge.Finding.Breached;
import dev.serin.engine.judge.Finding.Met;
import dev.serin.engine.judge.Finding.Resting;
import dev.serin.engine.judge.Finding.Unsure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A condition is")
class JudgeTest {

    /// Four conditions in four steps share 5 %.
    private static final Strictness STRICT = new Strictness(0.05 / 16, 0.05, 0, 50);

    private static final Strictness LENIENT = new Strictness(0.05 / 16, 0.05, 0.2, 50);
    private static final Track COSTS = new Track.Sum(Quantity.COST_USD, 0.5);

    private static final Track ERRORS = new Track.Marked(Metric.Rate.ERROR);
    private static final Condition ERROR_RATE = condition(Metric.ERROR_RATE, AT_LEAST, 0.1);
    private static final Condition P95 = condition(Metric.P95_LATENCY_MS, AT_LEAST, 5000);
    private static final Condition COST = condition(Metric.AVG_COST_USD, AT_LEAST, 0.1);
    private static final Condition MORE_ERRORS = relative(Metric.ERROR_RATE, 1, 0.02);
    private static final Condition SLOWER = relative(Metric.P95_LATENCY_MS, 2, 0);

    @Test
    @DisplayName("unsure where no call has reported it")
    void unsureWithoutData() {
        var finding = new Seen().bucket().judged(ERROR_RATE, STRICT);

        assertThat(finding).isInstanceOf(Unsure.class);
        assertThat(((Unsure) finding).why()).isEqualTo("no call has reported it");
        assertThat(finding.estimate().isKnown()).isFalse();
    }

    @Test
    @DisplayName("met when its whole interval lies below the limit")
    void met() {
        var finding = errors(0, 60).judged(ERROR_RATE, STRICT);

        assertThat(finding).isInstanceOf(Met.class);
        assertThat(finding.estimate().high()).isLessThanOrEqualTo(0.1);
    }

    @Test
    @DisplayName("not met by too few calls, however good")
    void unsureWithFewCalls() {
        var finding = (Unsure) errors(0, 49).judged(ERROR_RATE, STRICT);

        assertThat(finding.why()).isEqualTo("49 of the 50 calls that it takes at least");
        assertThat(finding.need()).isNotNull();
        assertThat(finding.need().calls()).isEqualTo(1);
    }

    @Test
    @DisplayName("breached when its whole interval lies at or over the limit")
    void breached() {
        var finding = (Breached) errors(60, 200).judged(ERROR_RATE, STRICT);

        assertThat(finding.estimate().low()).isGreaterThanOrEqualTo(0.1);
        assertThat(finding.estimate().value()).isEqualTo(0.3);
        assertThat(finding.since()).isNull();
    }

    @Test
    @DisplayName("not breached by fewer than five calls, however bad")
    void fourCallsBreachNothing() {
        assertThat(errors(4, 4).judged(ERROR_RATE, STRICT)).isInstanceOf(Unsure.class);
        assertThat(errors(5, 5).judged(ERROR_RATE, STRICT)).isInstanceOf(Breached.class);
    }

    @Test
    @DisplayName("unsure for ever where the truth is exactly the limit")
    void unsureAtTheLimit() {
        for (long n : new long[] {100, 10_000, 1_000_000}) {
            assertThat(errors(n / 10, n).judged(ERROR_RATE, STRICT)).isInstanceOf(Unsure.class);
        }
    }

    @Test
    @DisplayName("met a little over its limit where a margin allows it")
    void marginMeetsEarlier() {
        assertThat(errors(180, 2000).judged(ERROR_RATE, STRICT)).isInstanceOf(Unsure.class);
        var finding = errors(180, 2000).judged(ERROR_RATE, LENIENT);
        assertThat(finding).isInstanceOf(Met.class);
        assertThat(finding.estimate().high()).isBetween(0.1, 0.12);
    }

    @Test
    @DisplayName("breached by a late change for the worse, told of the calls since then")
    void lateRegression() {
        var seen = new Seen();
        for (int i = 0; i < 40; i++) {
            seen.bucket().candidate(ERRORS, counts(0, 25));
        }
        for (int i = 0; i < 3; i++) {
            seen.bucket().candidate(ERRORS, counts(20, 25));
        }
        var finding = (Breached) seen.judged(ERROR_RATE, STRICT);

        assertThat(finding.since()).isEqualTo(Seen.START.plusSeconds(400));
        assertThat(finding.estimate().calls()).isEqualTo(75);
        assertThat(finding.estimate().value()).isEqualTo(0.8);
        assertThat(finding.estimate().low()).isBetween(0.1, 0.8);
        assertThat(finding.arms().candidate().calls()).isEqualTo(1075);
    }

    @Test
    @DisplayName("not met while its latest calls look worse than the limit")
    void suspicionDelays() {
        var seen = new Seen();
        for (int i = 0; i < 40; i++) {
            seen.bucket().candidate(ERRORS, counts(0, 25));
        }
        seen.bucket().candidate(ERRORS, counts(9, 25));
        var finding = (Unsure) seen.judged(ERROR_RATE, STRICT);

        assertThat(finding.why()).contains("latest calls");
        assertThat(finding.need()).isNull();
        assertThat(finding.estimate().high()).isLessThan(0.1);
    }

    @Test
    @DisplayName("not met by a handful of callers who repeat themselves")
    void fewKeys() {
        var few = errors(0, 600).candidate(new Track.Keys(), counts(0, 29));
        var enough = errors(0, 600).candidate(new Track.Keys(), counts(0, 30));

        assertThat(((Unsure) few.judged(ERROR_RATE, STRICT)).why())
                .isEqualTo("29 of the 30 callers that it takes at least");
        assertThat(enough.judged(ERROR_RATE, STRICT)).isInstanceOf(Met.class);
    }

    @Test
    @DisplayName("not met on cost once a call was above the cap, but still breached")
    void capFreezesMet() {
        var cheap = cost(0.03, 200);
        cheap[17] = 0.6;
        var dear = cost(0.3, 200);
        dear[17] = 0.6;

        assertThat(costs(cost(0.03, 200)).judged(COST, STRICT)).isInstanceOf(Met.class);
        var frozen = (Unsure) costs(cheap).judged(COST, STRICT);
        assertThat(frozen.why()).startsWith("1 call was above the cap of $0.5");
        assertThat(costs(dear).judged(COST, STRICT)).isInstanceOf(Breached.class);
    }

    @Test
    @DisplayName(
            "not breached, where low means are bad, once a call was above the cap, but still met")
    void capFreezesBreach() {
        var tooLow = condition(Metric.AVG_COST_USD, AT_MOST, 0.1);
        var low = cost(0.03, 200);
        low[17] = 0.6;

        assertThat(costs(cost(0.03, 200)).judged(tooLow, STRICT)).isInstanceOf(Breached.class);
        var frozen = (Unsure) costs(low).judged(tooLow, STRICT);
        assertThat(frozen.why())
                .isEqualTo(
                        "1 call was above the cap of $0.5, so nobody can say how low the mean is");
        assertThat(costs(cost(0.7, 200)).judged(tooLow, STRICT)).isInstanceOf(Met.class);
    }

    @Test
    @DisplayName(
            "breached by calls above the cap beside a baseline only past what the baseline allows")
    void relativeMeanAboveTheCap() {
        var twice = relative(Metric.AVG_COST_USD, 2, 0);
        var cheap = beside(cost(1.5, 300), cost(0.8, 300));
        var dear = beside(cost(2.4, 300), cost(0.8, 300));

        var kept = (Unsure) cheap.judged(twice, STRICT);
        assertThat(kept.why()).startsWith("300 calls were above the cap of $1,");
        assertThat(dear.judged(twice, STRICT)).isInstanceOf(Breached.class);
    }

    @Test
    @DisplayName("met, and not breached, once a call of the baseline was above the cap beside it")
    void baselineAboveTheCap() {
        var dearer = relative(Metric.AVG_COST_USD, 1.5, 0);
        var baseline = cost(0.3, 300);
        baseline[17] = 1.2;

        assertThat(beside(cost(0.2, 300), baseline).judged(dearer, STRICT)).isInstanceOf(Met.class);
        var frozen = (Unsure) beside(cost(0.9, 300), baseline).judged(dearer, STRICT);
        assertThat(frozen.why())
                .isEqualTo(
                        "1 call of the baseline was above the cap of $1, so nobody can say how high"
                                + " the baseline's mean may get");
    }

    @Test
    @DisplayName("told the cap under which its calls were tallied, where that is not its own")
    void capOfTheTally() {
        var dear = condition(Metric.AVG_COST_USD, AT_LEAST, 1);
        var finding = (Unsure) costs(cost(0.7, 200)).judged(dear, STRICT);

        assertThat(finding.why()).startsWith("200 calls were above the cap of $0.5,");
    }

    @Test
    @DisplayName("met on latency only by calls that are old enough to have been slow")
    void youngCallsDoNotMeet() {
        var seen = new Seen().bucket().latencies(5000, repeat(900, 200));

        assertThat(seen.judged(P95, STRICT, seen.end().plusMillis(4999)))
                .isInstanceOf(Unsure.class);
        assertThat(seen.judged(P95, STRICT, seen.end().plusMillis(5000))).isInstanceOf(Met.class);
    }

    @Test
    @DisplayName(
            "met within a margin of a latency by calls that had the time to pass the margin too")
    void youngCallsDoNotMeetWithinAMargin() {
        var seen = new Seen().bucket().latencies(5000, repeat(900, 200));

        assertThat(seen.judged(P95, LENIENT, seen.end().plusMillis(5999)))
                .isInstanceOf(Unsure.class);
        assertThat(seen.judged(P95, LENIENT, seen.end().plusMillis(6000))).isInstanceOf(Met.class);
    }

    @Test
    @DisplayName("not met within a margin of a latency while calls run that are past it")
    void runningCallsDoNotMeetWithinAMargin() {
        var some = new Seen().bucket().latencies(5000, repeat(900, 400)).running(5000, 20);
        var ended = new Seen().bucket().latencies(5000, repeat(900, 400));
        ended.latencies(5000, repeat(5200, 20));

        assertThat(some.judged(P95, LENIENT)).isInstanceOf(Unsure.class);
        assertThat(ended.judged(P95, LENIENT)).isInstanceOf(Met.class);
    }

    @Test
    @DisplayName("not known to be slow where calls are counted of which nobody told the latency")
    void countedCallsAreNotKnownToBeSlow() {
        var seen = new Seen().bucket().latencies(5000, repeat(900, 50));
        seen.candidate(new Track.Reaches(Quantity.LATENCY_MS, 5000), Seen.counts(0, 950));

        assertThat(seen.judged(P95, STRICT).estimate().low()).isLessThanOrEqualTo(900);
    }

    @Test
    @DisplayName("breached on latency by calls of any age")
    void youngCallsBreach() {
        var seen = new Seen().bucket().latencies(5000, repeat(9000, 20));
        var finding = (Breached) seen.judged(P95, STRICT, Seen.START.plusSeconds(1));

        assertThat(finding.estimate().low()).isBetween(8800.0, 9000.0);
        assertThat(finding.estimate().value()).isCloseTo(9000, within(100.0));
    }

    @Test
    @DisplayName("told in the metric's unit, also for a percentile")
    void percentileInMilliseconds() {
        var values = new double[400];
        Arrays.setAll(values, i -> 1000 + 5 * i);
        var estimate = new Seen().bucket().latencies(5000, values).judged(P95, STRICT).estimate();

        assertThat(estimate.value()).isCloseTo(2900, within(32.0));
        assertThat(estimate.low()).isBetween(2500.0, 2900.0);
        assertThat(estimate.high()).isBetween(2900.0, 3100.0);
    }

    @Test
    @DisplayName("judged by the histogram where the limit has no counter of its own")
    void percentileOfAnotherLimit() {
        var seen = new Seen().bucket().latencies(4000, repeat(900, 200));
        var slow = new Seen().bucket().latencies(4000, repeat(9000, 200));

        assertThat(seen.judged(P95, STRICT)).isInstanceOf(Met.class);
        assertThat(slow.judged(P95, STRICT)).isInstanceOf(Breached.class);
    }

    @Test
    @DisplayName("turned around where low values are bad")
    void atMost() {
        var solved =
                new Condition(
                        new Metric.Rate("solved_rate", "solved"),
                        AT_MOST,
                        new Limit.Absolute(0.9),
                        Condition.Consequence.ROLL_BACK,
                        null);
        var track = new Track.Marked("solved");

        var low = new Seen().bucket().candidate(track, counts(60, 100)).judged(solved, STRICT);
        var high = new Seen().bucket().candidate(track, counts(299, 300)).judged(solved, STRICT);
        assertThat(low).isInstanceOf(Breached.class);
        assertThat(low.estimate().high()).isLessThanOrEqualTo(0.9);
        assertThat(high).isInstanceOf(Met.class);
        assertThat(high.estimate().low()).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    @DisplayName("held against the concurrent baseline where it is relative")
    void relativeRate() {
        assertThat(both(30, 100, 10, 1000).judged(MORE_ERRORS, STRICT))
                .isInstanceOf(Breached.class);
        assertThat(both(10, 5000, 100, 50_000).judged(MORE_ERRORS, STRICT)).isInstanceOf(Met.class);
        var unsure = both(1, 50, 10, 500).judged(MORE_ERRORS, STRICT);
        assertThat(unsure).isInstanceOf(Unsure.class);
        assertThat(unsure.estimate().value()).isCloseTo(0, within(1e-12));
        assertThat(unsure.arms().baseline().value()).isEqualTo(0.02);
        assertThat(((Unsure) unsure).need()).isNotNull();
    }

    @Test
    @DisplayName("unsure where it is relative and the baseline reported nothing")
    void relativeWithoutBaseline() {
        var finding = (Unsure) errors(0, 500).judged(MORE_ERRORS, STRICT);

        assertThat(finding.why()).isEqualTo("no call of the baseline has reported it");
    }

    @Test
    @DisplayName("resting at full share where it is relative")
    void relativeRests() {
        var evidence = both(30, 100, 10, 1000).evidence();
        var findings =
                Judge.candidate(
                        List.of(MORE_ERRORS, ERROR_RATE), STRICT, evidence, true, Seen.START);

        assertThat(findings.getFirst()).isInstanceOf(Resting.class);
        assertThat(findings.getLast()).isInstanceOf(Breached.class);
    }

    @Test
    @DisplayName("asked of the baseline too")
    void baseline() {
        var evidence = both(0, 100, 400, 1000).evidence();
        var findings =
                Judge.baseline(List.of(ERROR_RATE, MORE_ERRORS), STRICT, evidence, Seen.START);

        assertThat(findings.getFirst()).isInstanceOf(Breached.class);
        assertThat(findings.getFirst().estimate().calls()).isEqualTo(1000);
        assertThat(findings.getLast()).isInstanceOf(Resting.class);
    }

    @Test
    @DisplayName("told as a ratio where it is a multiple of the baseline's percentile")
    void relativePercentile() {
        var seen = new Seen().bucket();
        seen.candidate(new Track.Spread(Quantity.LATENCY_MS), Seen.histogram(repeat(3000, 400)));
        seen.baseline(new Track.Spread(Quantity.LATENCY_MS), Seen.histogram(repeat(1000, 400)));
        var finding = (Breached) seen.judged(SLOWER, STRICT);

        assertThat(finding.estimate().value()).isCloseTo(3, within(0.05));
        assertThat(finding.estimate().low()).isBetween(2.8, 3.0);
        assertThat(finding.estimate().high()).isBetween(3.0, 3.2);
        assertThat(finding.arms().baseline().value()).isCloseTo(1000, within(11.0));
    }

    @Test
    @DisplayName("not breached by a percentile far above that of a few calls of the baseline")
    void fewBaselineCallsBreachNoPercentile() {
        var slower = relative(Metric.P95_LATENCY_MS, 1, 500);

        assertThat(spreads(repeat(1500, 5), repeat(800, 1)).judged(slower, STRICT))
                .isInstanceOf(Unsure.class);
        assertThat(spreads(repeat(1500, 100), repeat(800, 200)).judged(slower, STRICT))
                .isInstanceOf(Breached.class);
    }

    @Test
    @DisplayName("not met by a percentile far below that of a few calls of the baseline")
    void fewBaselineCallsMeetNoPercentile() {
        var slower = relative(Metric.P95_LATENCY_MS, 1, 100);

        assertThat(spreads(repeat(400, 100), repeat(5000, 1)).judged(slower, STRICT))
                .isInstanceOf(Unsure.class);
        assertThat(spreads(repeat(400, 200), repeat(5000, 200)).judged(slower, STRICT))
                .isInstanceOf(Met.class);
    }

    @Test
    @DisplayName("breached where it asks more of a percentile than the baseline leaves room for")
    void percentileFurtherBelowThanTheBaselineIsHigh() {
        var faster = relative(Metric.P95_LATENCY_MS, 1, -500);

        assertThat(spreads(repeat(100, 100), repeat(100, 400)).judged(faster, STRICT))
                .isInstanceOf(Breached.class);
        assertThat(spreads(repeat(100, 100), repeat(100, 1)).judged(faster, STRICT))
                .isInstanceOf(Unsure.class);
    }

    @Test
    @DisplayName("judged on the cost of a success with the price of failures in it")
    void costPerSuccess() {
        var condition =
                condition(new Metric.CostPerSuccess("avg_cost_usd_per_success"), AT_LEAST, 0.1);
        var track = new Track.CostWithFailures(0.1, 0.5);
        var values = new double[400];
        Arrays.setAll(values, i -> i % 4 == 0 ? 0.12 : 0.02);
        var seen =
                new Seen()
                        .bucket()
                        .candidate(track, Seen.moments(0.5, values))
                        .candidate(ERRORS, counts(100, 400));
        var finding = seen.judged(condition, STRICT);

        assertThat(finding).isInstanceOf(Met.class);
        assertThat(finding.estimate().value()).isCloseTo(0.02 * 400 / 300, within(1e-9));
    }

    @Test
    @DisplayName("told the cost of a success also where nobody tells what failed calls cost")
    void costPerSuccessOfUntoldFailures() {
        var condition =
                condition(new Metric.CostPerSuccess("avg_cost_usd_per_success"), AT_LEAST, 0.1);
        var recorder = new Recorder(Tracks.of(List.of(condition), List.of()), Tallies.NONE);
        for (int i = 0; i < 200; i++) {
            boolean failed = i % 2 == 0;
            Double cost = failed ? null : (Double) 0.03;
            recorder.record(new Call(failed, null, null, null, cost, null, Map.of()));
        }
        var seen = new Seen().bucket();
        recorder.tallies().byTrack().forEach(seen::candidate);
        var finding = seen.judged(condition, STRICT);

        assertThat(finding).isInstanceOf(Met.class);
        assertThat(finding.estimate().value()).isCloseTo(0.03, within(1e-9));
    }

    static Condition condition(Metric metric, Condition.Side side, double limit) {
        return new Condition(
                metric, side, new Limit.Absolute(limit), Condition.Consequence.ROLL_BACK, null);
    }

    static Condition relative(Metric metric, double factor, double offset) {
        return new Condition(
                metric,
                AT_LEAST,
                new Limit.Relative(factor, offset),
                Condition.Consequence.ROLL_BACK,
                null);
    }

    private static Seen both(long bad, long n, long baselineBad, long baselineN) {
        return errors(bad, n).baseline(ERRORS, counts(baselineBad, baselineN));
    }

    private static Seen spreads(double[] candidate, double[] baseline) {
        var track = new Track.Spread(Quantity.LATENCY_MS);
        return new Seen()
                .bucket()
                .candidate(track, Seen.histogram(candidate))
                .baseline(track, Seen.histogram(baseline));
    }

    private static Seen costs(double[] values) {
        return new Seen().bucket().candidate(COSTS, Seen.moments(0.5, values));
    }

    /// Costs of both arms under the cap that costs usually have.
    private static Seen beside(double[] candidate, double[] baseline) {
        var track = new Track.Sum(Quantity.COST_USD, 1);
        return new Seen()
                .bucket()
                .candidate(track, Seen.moments(1, candidate))
                .baseline(track, Seen.moments(1, baseline));
    }

    private static double[] cost(double mean, int calls) {
        var values = new double[calls];
        Arrays.setAll(values, i -> mean + (i % 2 == 0 ? 0.005 : -0.005));
        return values;
    }

    private static double[] repeat(double value, int times) {
        var values = new double[times];
        Arrays.fill(values, value);
        return values;
    }
}
