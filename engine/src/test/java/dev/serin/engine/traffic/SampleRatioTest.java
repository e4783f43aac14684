package dev.serin.engine.traffic;

import static dev.serin.engine.traffic.SampleRatio.State.AS_ORDERED;
import static dev.serin.engine.traffic.SampleRatio.State.SKEWED;
import static dev.serin.engine.traffic.SampleRatio.State.TOO_EARLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serin.engine.Oracle;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A sample ratio")
class SampleRatioTest {

    @ParameterizedTest
    @MethodSource
    @DisplayName("agrees with the reference implementation")
    void reference(JsonNode it) {
        List<Double> split = it.get("split").valueStream().map(JsonNode::asDouble).toList();
        List<Long> counts = it.get("counts").valueStream().map(JsonNode::asLong).toList();

        assertThat(SampleRatio.logEvidence(split, counts))
                .isCloseTo(it.get("log_e").asDouble(), within(1e-7));
        assertThat(SampleRatio.logEvidence(split, counts, 1))
                .isCloseTo(it.get("log_e_conc_1").asDouble(), within(1e-7));
        if (counts.size() == 2) {
            var ratio = SampleRatio.of(split.getFirst(), counts.getFirst(), counts.getLast());
            assertThat(ratio.state() == SKEWED).isEqualTo(it.get("alarm_at_0_001").asBoolean());
        }
    }

    static Stream<JsonNode> reference() {
        return Oracle.cases("srm");
    }

    @Test
    @DisplayName("says that it is too early, not that all is well")
    void tooEarly() {
        assertThat(SampleRatio.of(0.05, 9, 180).state()).isEqualTo(TOO_EARLY);
        assertThat(SampleRatio.of(0.05, 10, 190).state()).isEqualTo(AS_ORDERED);
    }

    @Test
    @DisplayName("is skewed by one unit in an arm that should get none")
    void nothingWasOrdered() {
        assertThat(SampleRatio.of(0, 1, 5000).state()).isEqualTo(SKEWED);
        assertThat(SampleRatio.of(1, 5000, 1).state()).isEqualTo(SKEWED);
        assertThat(SampleRatio.of(1, 5000, 0).state()).isEqualTo(AS_ORDERED);
    }

    @Test
    @DisplayName("alarms falsely in fewer than one of a thousand, however often it is looked at")
    void falseAlarms() {
        int alarms = 0;
        for (int run = 0; run < 300; run++) {
            var random = new SplittableRandom(run);
            long candidate = 0;
            for (int unit = 1; unit <= 3000; unit++) {
                if (random.nextDouble() < 0.05) {
                    candidate++;
                }
                if (SampleRatio.of(0.05, candidate, unit - candidate).state() == SKEWED) {
                    alarms++;
                    break;
                }
            }
        }
        assertThat(alarms).isLessThanOrEqualTo(2);
    }
}
