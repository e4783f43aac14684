package dev.serin.engine.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serin.engine.judge.Call;
import dev.serin.engine.slo.BudgetState.Status;
import dev.serin.engine.traffic.Arm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The README prints the loop and the objective of this test.
@DisplayName("The engine under its original names")
class EmbedTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Random random = new Random(7);

    @Test
    @DisplayName("promotes a good model step by step, with a person at the gate")
    void promotesAGoodModel() {
        assertThat(rollOut(0.01, 0.02).isComplete()).isTrue();
    }

    @Test
    @DisplayName("rolls a failing model back at its first step and says why")
    void rollsBackAFailingModel() {
        var rollout = rollOut(0.40, 0.02);

        assertThat(rollout.isRolledBack()).isTrue();
        assertThat(rollout.currentStep().name()).isEqualTo("5% canary");
        assertThat(rollout.journal().getLast().findings()).isNotEmpty();
    }

    private CanaryRollout rollOut(double errors, double hallucinations) {
        // tag::rollout[]
        var rollout =
                new CanaryRollout(
                        "gpt4-upgrade",
                        List.of(
                                new RolloutStep("5% canary", 0.05, Duration.ofSeconds(30)),
                                new RolloutStep("25% ramp", 0.25, Duration.ofSeconds(30)),
                                new RolloutStep("50% ramp", 0.50, Duration.ofSeconds(30), true),
                                new RolloutStep("full", 1.00, Duration.ZERO)),
                        List.of(
                                new RollbackCondition("error_rate", 0.10),
                                new RollbackCondition("hallucination_rate", 0.08),
                                new RollbackCondition("p95_latency_ms", 5000),
                                new RollbackCondition("avg_cost_usd", 0.10)));
        var now = NOON;
        rollout.start(now);
        while (rollout.isActive()) {
            for (int user = 0; user < 200; user++) {
                var arm = rollout.armOf("user-" + random.nextInt(100_000));
                rollout.observe(arm, call(arm, errors, hallucinations), now);
            }
            now = now.plusSeconds(1);
            var breach = rollout.checkRollback(now);
            if (breach.isPresent()) {
                rollout.rollback(breach.get(), now);
            } else if (rollout.isWaiting()) {
                rollout.approve("mira", now);
            } else {
                rollout.advance(now);
            }
        }
        // end::rollout[]
        return rollout;
    }

    @Test
    @DisplayName("leaves 98 % of a budget of 5 % after one bad event in a thousand")
    void oneBadEventInAThousand() {
        var now = NOON;
        var call = new Call(false, null, 812.0, null, 0.03, 80L, Map.of("hallucination", false));
        // tag::slo[]
        var slo =
                new Slo(
                        "support-chat",
                        List.of(
                                new TaskSuccessRate(0.95),
                                new ResponseLatency(0.95, Duration.ofSeconds(2)),
                                new CostPerTask(0.95, 0.05),
                                new HallucinationRate(0.95)),
                        new ErrorBudget(0.05));
        slo.recordEvent(call, now); // good only if every indicator says so
        slo.recordEvent(false, now); // or said by the caller
        // end::slo[]
        for (int event = 0; event < 998; event++) {
            slo.recordEvent(call, now);
        }

        assertThat(slo.errorBudget().remainingPercent(now)).isEqualTo(98);
        assertThat(slo.evaluate(now)).isEqualTo(Status.HEALTHY);
    }

    @Test
    @DisplayName("calls a slow or a dear call bad, and says nothing of what it does not know")
    void knowsItsDirection() {
        var slowAndDear = new Call(false, null, 9_000.0, null, 0.9, 80L, Map.of());
        var unknown = new Call(null, null, null, null, null, null, Map.of());

        assertThat(new ResponseLatency(0.95, Duration.ofSeconds(2)).good(slowAndDear))
                .contains(false);
        assertThat(new CostPerTask(0.95, 0.05).good(slowAndDear)).contains(false);
        assertThat(new HallucinationRate(0.95).good(slowAndDear)).isEmpty();
        assertThat(new TaskSuccessRate(0.95).good(unknown)).isEmpty();
    }

    @Test
    @DisplayName("has no opinion before there are events")
    void unknownWithoutEvents() {
        var slo = new Slo("quiet", List.of(new TaskSuccessRate(0.95)), new ErrorBudget(0.05));

        assertThat(slo.evaluate(NOON)).isEqualTo(Status.UNKNOWN);
        assertThat(slo.errorBudget().remainingPercent(NOON)).isEqualTo(100);
    }

    @Test
    @DisplayName("refuses a metric or a comparator that it does not know")
    void refusesUnknownWords() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> conditionOf(new RollbackCondition("eror_rate", 0.1)))
                .withMessageContaining("error_rate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> conditionOf(new RollbackCondition("error_rate", 0.1, "gt")))
                .withMessageContaining("gte or lte");
    }

    private static void conditionOf(RollbackCondition condition) {
        new CanaryRollout(
                "x", List.of(new RolloutStep("all", 1, Duration.ZERO)), List.of(condition));
    }

    private Call call(Arm arm, double errors, double hallucinations) {
        boolean failed = random.nextDouble() < (arm == Arm.CANDIDATE ? errors : 0.02);
        if (failed) {
            return new Call(true, "5xx", 400.0, null, 0.0, null, Map.of());
        }
        boolean hallucinated = random.nextDouble() < (arm == Arm.CANDIDATE ? hallucinations : 0.06);
        return new Call(
                false,
                null,
                800 + 400 * random.nextDouble(),
                null,
                0.03,
                80L,
                Map.of("hallucination", hallucinated));
    }
}
