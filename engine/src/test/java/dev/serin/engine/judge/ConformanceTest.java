package dev.serin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serin.engine.judge.Finding.Breached;
import dev.serin.engine.judge.Finding.Met;
import dev.serin.engine.judge.Finding.Unsure;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("As others found out before, the judge")
class ConformanceTest {

    private static final Strictness STRICT = new Strictness(0.05, 0.05, 0, 50);
    private static final Track ERRORS = new Track.Marked(Metric.Rate.ERROR);

    @Test
    @DisplayName(
            "is wrong in at most 5 % of comparisons, looked at 60 times (rolloutwatch, README)")
    void peeking() {
        int[] alarmsAtLook = new int[61];
        int runs = 600;
        for (int run = 0; run < runs; run++) {
            var random = new SplittableRandom(run);
            long candidate = 0;
            long baseline = 0;
            for (int look = 1; look <= 60; look++) {
                candidate += random.doubles(20).filter(x -> x < 0.2).count();
                baseline += random.doubles(20).filter(x -> x < 0.2).count();
                var inquiry = relative(candidate, baseline, 20L * look);
                if (inquiry.up(0, 1) >= Math.log(40) || inquiry.down(0, 1) >= Math.log(40)) {
                    alarmsAtLook[look]++;
                    break;
                }
            }
        }
        int alarms = 0;
        for (int look : new int[] {1, 5, 10, 30, 60}) {
            alarms = 0;
            for (int i = 1; i <= look; i++) {
                alarms += alarmsAtLook[i];
            }
            // Three standard deviations of 600 runs at 5 % are 2.7 %.
            assertThat(alarms).isLessThanOrEqualTo(46);
        }
    }

    @Test
    @DisplayName(
            "sees no difference in equal models whose share rose as errors fell (statsig, ramps)")
    void ramp() {
        var condition = JudgeTest.relative(Metric.ERROR_RATE, 1, 0.02);
        for (var seen : List.of(arms(50, 500, 950, 9500), arms(100, 5000, 100, 5000))) {
            var finding = seen.judged(condition, STRICT);
            assertThat(finding).isNotInstanceOf(Breached.class);
            assertThat(finding.estimate().value()).isZero();
            assertThat(finding.estimate().low()).isNegative();
            assertThat(finding.estimate().high()).isPositive();
        }
    }

    @Test
    @DisplayName("still catches a model of twice the errors across such a ramp (statsig, ramps)")
    void rampOfABadModel() {
        var condition = JudgeTest.relative(Metric.ERROR_RATE, 1, 0.005);

        assertThat(arms(100, 500, 950, 9500).judged(condition, STRICT))
                .isInstanceOf(Breached.class);
        assertThat(arms(800, 20000, 400, 20000).judged(condition, STRICT))
                .isInstanceOf(Breached.class);
    }

    @Test
    @DisplayName("names the condition that nobody reported (argo-rollouts, evaluate_test.go)")
    void noData() {
        var condition =
                JudgeTest.condition(
                        new Metric.Rate("success_rate", "success"), Condition.Side.AT_MOST, 0.95);
        var finding = new Seen().bucket().judged(condition, STRICT);

        assertThat(finding).isInstanceOf(Unsure.class);
        assertThat(finding.sentence()).contains("success", "no call has come yet");
    }

    @Test
    @DisplayName("takes neither NaN nor nothing for a value (flagger, prometheus_test.go)")
    void notANumber() {
        assertThatThrownBy(() -> new Call(null, null, Double.NaN, null, null, null, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Tally.Moments(1, Double.NaN, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        var empty = new Seen().bucket().candidate(ERRORS, Tally.Counts.NONE);
        var condition = JudgeTest.condition(Metric.ERROR_RATE, Condition.Side.AT_LEAST, 0.1);
        assertThat(empty.judged(condition, STRICT)).isNotInstanceOf(Met.class);
    }

    private static Inquiry relative(long candidate, long baseline, long n) {
        return new Inquiries(arms(candidate, n, baseline, n).evidence(), null, Seen.START)
                .relative(JudgeTest.relative(Metric.ERROR_RATE, 1, 0), new Limit.Relative(1, 0));
    }

    private static Seen arms(long bad, long n, long baselineBad, long baselineN) {
        return Seen.errors(bad, n).baseline(ERRORS, Seen.counts(baselineBad, baselineN));
    }
}
