package dev.serin.server.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Estimate;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Metric;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A finding in words")
class FindingWordsTest {

    private static final Condition ERRORS = condition(Metric.ERROR_RATE, new Limit.Absolute(0.1));
    private static final Condition WORSE =
            condition(Metric.ERROR_RATE, new Limit.Relative(1, 0.02));
    private static final Condition SLOWER =
            condition(Metric.P95_LATENCY_MS, new Limit.Relative(3, 0));
    private static final Finding.Arms ARMS = new Finding.Arms(null, null);

    @Test
    @DisplayName("never tells a rate without its calls, its interval and its limit")
    void tellsAll() {
        var met = new Finding.Met(ERRORS, new Estimate(412, 0.019, 0.009, 0.036), ARMS);
        assertThat(FindingWords.numbers(met))
                .isEqualTo("1.9 % of 412 (0.9 % to 3.6 %), limit 10 %");
    }

    @Test
    @DisplayName("says how much is missing while it waits, and why it was not sure when it is past")
    void saysWhatIsMissing() {
        var need = new Finding.Need(32, Duration.ofSeconds(20));
        var unsure =
                new Finding.Unsure(
                        ERRORS, new Estimate(61, 0.02, 0, 0.12), ARMS, "it is too early", need);
        assertThat(FindingWords.shortly(unsure))
                .isEqualTo("errors: 61 of about 93 calls, about 20 s");
        assertThat(FindingWords.numbers(FindingWords.past(unsure)))
                .endsWith("limit 10 %; it is too early");
    }

    @Test
    @DisplayName("tells a comparison as a difference in points or as a multiple of the baseline")
    void tellsComparisons() {
        var worse = new Finding.Met(WORSE, new Estimate(412, -0.005, -0.019, 0.004), ARMS);
        assertThat(FindingWords.numbers(worse))
                .isEqualTo(
                        "−0.5 points of 412 against the baseline (−1.9 points to +0.4 points),"
                                + " limit baseline + 2 points");
        var slower = new Finding.Met(SLOWER, new Estimate(412, 2.4, 2.3, 2.5), ARMS);
        assertThat(FindingWords.numbers(slower)).startsWith("2.4× of 412 calls");
        assertThat(FindingWords.shortly(slower)).isEqualTo("p95 latency against the baseline 2.4×");
    }

    @Test
    @DisplayName("tells a wait by what can be known of it: no seconds of an hour")
    void tellsWaitsRoughly() {
        var need = new Finding.Need(31_000, Duration.ofSeconds(3467));
        var unsure = new Finding.Unsure(ERRORS, new Estimate(714, 0, 0, 0.2), ARMS, "", need);
        assertThat(FindingWords.shortly(unsure))
                .isEqualTo("errors: 714 of about 31,714 calls, about 57 min");
    }

    @Test
    @DisplayName("knows nothing without calls, and draws nothing")
    void knowsNothing() {
        var silent =
                new Finding.Unsure(ERRORS, Estimate.NONE, ARMS, "no call has reported it", null);
        assertThat(FindingWords.numbers(silent)).isEqualTo("limit 10 %; no call has reported it");
        assertThat(FindingWords.strip(silent).candidate()).isNull();
    }

    @Test
    @DisplayName(
            "is looked at first when it is broken, then when it is unsure, then by its distance")
    void worstFirst() {
        var near = new Finding.Met(ERRORS, new Estimate(400, 0.08, 0.06, 0.099), ARMS);
        var far = new Finding.Met(WORSE, new Estimate(400, 0, -0.01, 0.001), ARMS);
        var unsure = new Finding.Unsure(ERRORS, new Estimate(9, 0, 0, 0.3), ARMS, "", null);
        assertThat(FindingWords.worst(List.of(far, near))).contains(near);
        assertThat(FindingWords.worst(List.of(near, unsure, far))).contains(unsure);
        assertThat(FindingWords.worst(List.of())).isEmpty();
    }

    private static Condition condition(Metric metric, Limit limit) {
        return new Condition(
                metric, Condition.Side.AT_LEAST, limit, Condition.Consequence.ROLL_BACK, null);
    }
}
