package dev.serin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A condition that can be written")
class ConditionTest {

    @Test
    @DisplayName("is objected to where an equal candidate could never meet it")
    void equalCandidate() {
        assertThat(JudgeTest.relative(Metric.ERROR_RATE, 1, 0).objection())
                .hasValueSatisfying(
                        why -> assertThat(why).contains("error_rate >= baseline", "baseline + 1%"));
        assertThat(JudgeTest.relative(Metric.ERROR_RATE, 1, 0.01).objection()).isEmpty();
        assertThat(JudgeTest.relative(Metric.ERROR_RATE, 1.1, 0).objection()).isEmpty();
    }

    @Test
    @DisplayName("is objected to where a rate could not reach the limit")
    void rateOverAll() {
        var side = Condition.Side.AT_LEAST;

        assertThat(JudgeTest.condition(Metric.ERROR_RATE, side, 10).objection()).isPresent();
        assertThat(JudgeTest.condition(Metric.AVG_COST_USD, side, 10).objection()).isEmpty();
    }

    @Test
    @DisplayName("has five times its limit as a mean's cap unless it says otherwise")
    void cap() {
        var cost = JudgeTest.condition(Metric.AVG_COST_USD, Condition.Side.AT_LEAST, 0.1);

        assertThat(cost.capOrDefault()).isEqualTo(0.5);
    }
}
