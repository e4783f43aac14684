package dev.serin.server.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.judge.Condition;
import dev.serin.engine.plan.Gate;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A shipped plan")
class ShippedPlansTest {

    private static String shipped(String name) {
        return Documents.text(Path.of("../plans", name));
    }

    @Test
    @DisplayName("for a model's upgrade has five steps, a gate after 50 % and four conditions")
    void modelUpgrade() {
        var plan = Documents.plan(shipped("model-upgrade.yaml"));

        assertThat(plan.steps())
                .containsExactly(
                        new Step("baseline", Share.NONE, Duration.ofSeconds(10), null),
                        new Step("5% canary", new Share(0.05), Duration.ofSeconds(30), null),
                        new Step("25% ramp", new Share(0.25), Duration.ofSeconds(30), null),
                        new Step("50% ramp", new Share(0.5), Duration.ofSeconds(30), Gate.MANUAL),
                        new Step("full", Share.ALL, Duration.ZERO, null));
        assertThat(plan.conditions())
                .extracting(Condition::text)
                .containsExactly(
                        "error_rate >= 0.1",
                        "hallucination_rate >= 0.08",
                        "p95_latency_ms >= 5000",
                        "avg_cost_usd >= 0.1");
    }

    @Test
    @DisplayName("for a bad upgrade is the good one's on a route of its own")
    void badUpgrade() {
        var good = Documents.plan(shipped("model-upgrade.yaml"));
        var bad = Documents.plan(shipped("bad-upgrade.yaml"));

        assertThat(bad.steps()).isEqualTo(good.steps());
        assertThat(bad.conditions()).isEqualTo(good.conditions());
        assertThat(bad.route()).isNotEqualTo(good.route());
    }

    @Test
    @DisplayName("for an agent's upgrade has three steps")
    void agentUpgrade() {
        var plan = Documents.plan(shipped("agent-upgrade.yaml"));

        assertThat(plan.steps())
                .extracting(step -> step.share().fraction(), step -> step.duration().toSeconds())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0.05, 60L),
                        org.assertj.core.groups.Tuple.tuple(0.25, 120L),
                        org.assertj.core.groups.Tuple.tuple(1.0, 0L));
        assertThat(plan.conditions())
                .extracting(Condition::text)
                .containsExactly("hallucination_rate >= 0.08", "error_rate >= 0.15");
    }
}
