package dev.serin.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.server.planfile.Known;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The plan of the chaos")
class ChaosPlanTest {

    @Test
    @DisplayName("gives each fault a route, and a candidate of the provider that it befalls")
    void namesTheProvider() {
        for (var each : ChaosCase.ALL) {
            var reading =
                    PlanReader.read(ChaosPlan.source(each, Duration.ofSeconds(20)), Known.NOTHING);
            assertThat(reading).isInstanceOf(PlanReading.Read.class);
            var plan = ((PlanReading.Read) reading).plan();

            assertThat(plan.route()).isEqualTo(each.route());
            assertThat(plan.candidate().replace('-', '_'))
                    .isEqualTo(each.provider() + "/" + ChaosPlan.CANDIDATE.name());
            assertThat(plan.baseline()).isEqualTo("standin/" + ChaosPlan.BASELINE.name());
        }
        assertThat(ChaosPlan.providers()).doesNotHaveDuplicates().hasSize(5);
    }

    @Test
    @DisplayName(
            "waits twice as long as a candidate that is well needs, and not for one that is slow")
    void patience() {
        var candidate = ChaosPlan.CANDIDATE;
        assertThat((double) ChaosPlan.PATIENCE.toMillis())
                .isGreaterThan(2 * (candidate.baseMs() + candidate.jitterMs()))
                .isLessThan(5 * candidate.baseMs());
    }
}
