package dev.serin.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.server.planfile.Known;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The plans of the demo over sockets")
class GatewayPlanTest {

    @Test
    @DisplayName(
            "are the scenarios' own in less time, with the stand-in's models, each of which has a price")
    void nameTheStandIn() {
        for (var scenario : GatewayPlan.SCENARIOS) {
            var reading = PlanReader.read(GatewayPlan.source(scenario), Known.NOTHING);
            assertThat(reading).isInstanceOf(PlanReading.Read.class);
            var plan = ((PlanReading.Read) reading).plan();
            var shipped = ShippedPlan.of(scenario);

            assertThat(plan.route()).isEqualTo(shipped.route());
            assertThat(plan.conditions()).isEqualTo(shipped.conditions());
            assertThat(plan.steps())
                    .usingRecursiveComparison()
                    .ignoringFields("duration")
                    .isEqualTo(shipped.steps());
            assertThat(plan.steps().getFirst().duration()).isEqualTo(Duration.ofSeconds(5));
            assertThat(plan.baseline()).isEqualTo("standin/" + scenario.baseline().name());
            assertThat(plan.candidate()).isEqualTo("standin/" + scenario.candidate().name());
            assertThat(GatewayPlan.PRICES)
                    .contains(plan.baseline() + "=")
                    .contains(plan.candidate() + "=");
        }
    }
}
