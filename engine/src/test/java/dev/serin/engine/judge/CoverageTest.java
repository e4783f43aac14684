package dev.serin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The interval that is shown, looked at after every bucket,")
class CoverageTest {

    private static final int STREAMS = 150;
    private static final int BUCKETS = 20;
    private static final int CALLS = 25;

    /// Each side may miss in one stream of twenty; three standard deviations of that are let pass.
    private static final int MOST_MISSED = 15 + 11;

    private static final Strictness STRICT = new Strictness(0.05, 0.05, 0, 1);
    private static final double CAP = 0.5;

    @Test
    @DisplayName("holds a true rate as often as it promises, whatever the rate")
    void rates() {
        for (double rate : new double[] {0.02, 0.1, 0.4}) {
            var condition = condition(Metric.ERROR_RATE, 0.2);
            assertThat(missed(condition, rate, (seen, random) -> errors(seen, random, rate)))
                    .as("of %d streams at %s", STREAMS, rate)
                    .isLessThanOrEqualTo(MOST_MISSED);
        }
    }

    @Test
    @DisplayName("holds a true mean as often as it promises, also of a skewed quantity")
    void means() {
        var condition =
                new Condition(
                        Metric.AVG_COST_USD,
                        Condition.Side.AT_LEAST,
                        new Limit.Absolute(0.1),
                        Condition.Consequence.ROLL_BACK,
                        CAP);
        // One call in ten costs ten times as much.
        double truth = 0.9 * 0.03 + 0.1 * 0.3;
        assertThat(missed(condition, truth, CoverageTest::costs)).isLessThanOrEqualTo(MOST_MISSED);
    }

    @Test
    @DisplayName("holds a true percentile as often as it promises")
    void percentiles() {
        var condition = condition(Metric.P95_LATENCY_MS, 2000);
        assertThat(missed(condition, 1950, CoverageTest::latencies))
                .isLessThanOrEqualTo(MOST_MISSED);
    }

    /// Streams in which the interval ever left the truth out.
    private static int missed(
            Condition condition, double truth, BiConsumer<Seen, SplittableRandom> bucket) {
        int missed = 0;
        for (int stream = 0; stream < STREAMS; stream++) {
            var random = new SplittableRandom(stream);
            var seen = new Seen();
            boolean out = false;
            for (int i = 0; i < BUCKETS && !out; i++) {
                bucket.accept(seen.bucket(), random);
                var shown = seen.judged(condition, STRICT).estimate();
                out = shown.low() > truth || shown.high() < truth;
            }
            missed += out ? 1 : 0;
        }
        return missed;
    }

    private static void errors(Seen seen, SplittableRandom random, double rate) {
        int bad = 0;
        for (int i = 0; i < CALLS; i++) {
            bad += random.nextDouble() < rate ? 1 : 0;
        }
        seen.candidate(new Track.Marked(Metric.Rate.ERROR), Seen.counts(bad, CALLS));
    }

    private static void costs(Seen seen, SplittableRandom random) {
        var values = new double[CALLS];
        for (int i = 0; i < CALLS; i++) {
            values[i] = random.nextDouble() < 0.1 ? 0.3 : 0.03;
        }
        seen.candidate(new Track.Sum(Quantity.COST_USD, CAP), Seen.moments(CAP, values));
    }

    /// Even from 1,000 to 2,000 ms.
    private static void latencies(Seen seen, SplittableRandom random) {
        var values = new double[CALLS];
        for (int i = 0; i < CALLS; i++) {
            values[i] = 1000 + 1000 * random.nextDouble();
        }
        seen.latencies(2000, values);
    }

    private static Condition condition(Metric metric, double limit) {
        return new Condition(
                metric,
                Condition.Side.AT_LEAST,
                new Limit.Absolute(limit),
                Condition.Consequence.ROLL_BACK,
                null);
    }
}
