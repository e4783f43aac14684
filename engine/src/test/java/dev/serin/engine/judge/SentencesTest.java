package dev.serin.engine.judge;

import static dev.serin.engine.judge.Condition.Side.AT_LEAST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Finding.Arms;
import dev.serin.engine.judge.Finding.Breached;
import dev.serin.engine.judge.Finding.Met;
import dev.serin.engine.judge.Finding.Need;
import dev.serin.engine.judge.Finding.Resting;
import dev.serin.engine.judge.Finding.Unsure;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A finding says")
class SentencesTest {

    private static final Arms NONE = new Arms(null, null);
    private static final Condition ERRORS = JudgeTest.condition(Metric.ERROR_RATE, AT_LEAST, 0.1);
    private static final Condition HALLUCINATIONS =
            JudgeTest.condition(Metric.HALLUCINATION_RATE, AT_LEAST, 0.08);
    private static final Condition P95 = JudgeTest.condition(Metric.P95_LATENCY_MS, AT_LEAST, 5000);
    private static final Condition COST = JudgeTest.condition(Metric.AVG_COST_USD, AT_LEAST, 0.1);

    @Test
    @DisplayName("how far below its limit a kept condition lies")
    void met() {
        var finding = new Met(ERRORS, new Estimate(412, 0.0194, 0.009, 0.0383), NONE);

        assertThat(finding.sentence())
                .isEqualTo(
                        "Errors 1.9 % of 412 calls, between 0.9 % and 3.8 %: kept below the limit"
                                + " of 10 %.");
    }

    @Test
    @DisplayName("that a margin was needed")
    void metWithMargin() {
        var finding = new Met(ERRORS, new Estimate(2000, 0.09, 0.08, 0.104), NONE);

        assertThat(finding.sentence()).endsWith(": kept within the margin of the limit of 10 %.");
    }

    @Test
    @DisplayName("by how much a broken one lies over it, in its unit")
    void breached() {
        var finding = new Breached(P95, new Estimate(41, 7300, 6900, 7800), NONE, null);

        assertThat(finding.sentence())
                .isEqualTo("p95 latency 7.3 s of 41 calls, at least 6.9 s: over the limit of 5 s.");
    }

    @Test
    @DisplayName("since when it is broken, if it was not from the beginning")
    void since() {
        var finding =
                new Breached(
                        ERRORS,
                        new Estimate(22, 0.31, 0.14, 0.52),
                        NONE,
                        Seen.START.plusSeconds(120));

        assertThat(finding.sentence())
                .isEqualTo(
                        "Since 14:02: errors 31 % of 22 calls, at least 14 %: over the limit of"
                                + " 10 %.");
    }

    @Test
    @DisplayName("how much longer it will be unsure")
    void unsure() {
        var finding =
                new Unsure(
                        HALLUCINATIONS,
                        new Estimate(98, 0.0612, 0.031, 0.18),
                        NONE,
                        Hearing.TOO_EARLY,
                        new Need(2900, Duration.ofMinutes(12)));

        assertThat(finding.sentence())
                .isEqualTo(
                        "Hallucinations 6.1 % of 98 labelled calls, between 3.1 % and 18 %; limit"
                                + " 8 %: about 2,900 more calls, 12 minutes at this traffic.");
    }

    @Test
    @DisplayName("that nobody reported anything")
    void silent() {
        var finding = new Unsure(COST, Estimate.NONE, NONE, "no call has reported it", null);

        assertThat(finding.sentence()).isEqualTo("avg_cost_usd >= 0.1: no call has reported it.");
    }

    @Test
    @DisplayName("what the baseline does beside it")
    void relative() {
        var arms = new Arms(new Estimate(412, 0.051, 0, 1), new Estimate(3900, 0.019, 0, 1));
        var finding =
                new Breached(
                        JudgeTest.relative(Metric.ERROR_RATE, 1, 0.02),
                        new Estimate(412, 0.032, 0.021, 0.05),
                        arms,
                        null);

        assertThat(finding.sentence())
                .isEqualTo(
                        "Errors 3.2 points above the baseline's (5.1 % of 412 calls against 1.9 %"
                                + " of 3,900 calls), at least 2.1 points: over the limit of"
                                + " 2 points.");
    }

    @Test
    @DisplayName("how many times the baseline's value it is")
    void ratio() {
        var arms = new Arms(new Estimate(41, 2100, 0, 9999), new Estimate(800, 680, 0, 9999));
        var finding =
                new Met(
                        JudgeTest.relative(Metric.P95_LATENCY_MS, 4, 0),
                        new Estimate(41, 3.09, 2.5, 3.9),
                        arms);

        assertThat(finding.sentence())
                .isEqualTo(
                        "p95 latency 3.1 times the baseline's (2.1 s of 41 calls against 680 ms of"
                                + " 800 calls), between 2.5 times and 3.9 times: kept below the"
                                + " limit of 4 times.");
    }

    @Test
    @DisplayName("why it is not judged")
    void resting() {
        var finding =
                new Resting(
                        JudgeTest.relative(Metric.ERROR_RATE, 1, 0.02),
                        Estimate.NONE,
                        NONE,
                        "at full share there is no baseline to compare with");

        assertThat(finding.sentence())
                .isEqualTo(
                        "Errors against the baseline's: not judged here, at full share there is no"
                                + " baseline to compare with.");
    }

    @Test
    @DisplayName("what was seen in the metric's unit, with its calls")
    void estimate() {
        var slow = new Estimate(2_850, 8_601, 7_000, 9_000);
        var bad = new Estimate(50, 0.34, 0.2, 0.5);

        assertThat(slow.in(metric("p95_latency_ms"))).isEqualTo("8.6 s of 2,850 calls");
        assertThat(bad.in(metric("error_rate"))).isEqualTo("34 % of 50 calls");
    }

    private static Metric metric(String name) {
        return Metric.named(name).orElseThrow();
    }
}
