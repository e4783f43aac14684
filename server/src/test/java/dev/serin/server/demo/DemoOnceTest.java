package dev.serin.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The demo in virtual time")
class DemoOnceTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    @DisplayName("promotes A, rolls B back at 5 % and C on hallucinations")
    void endsAsItMust(long seed) throws IOException {
        assertThat(tell(seed, true)).isZero();

        var scenarios = document().path("scenarios");
        assertThat(scenarios)
                .extracting(it -> it.path("name").asText())
                .containsExactly("A", "B", "C");
        assertThat(scenarios)
                .extracting(it -> it.path("outcome").asText())
                .containsExactly("promoted", "rolledBack", "rolledBack");
        assertThat(scenarios.get(1).path("steps"))
                .extracting(step -> step.path("share").asDouble())
                .containsExactly(0.0, 0.05);
        assertThat(scenarios.get(2).path("reason").asText()).containsIgnoringCase("hallucination");
        assertThat(err.size()).isZero();
    }

    @Test
    @DisplayName("prints each step's share, calls and findings, without colours into a file")
    void printsTables() {
        assertThat(tell(1, false)).isZero();

        assertThat(printed())
                .contains("A  A good GPT-4")
                .contains("baseline alone, 2,000 calls")
                .containsPattern(
                        "5% canary +5 % +\\d+ +error_rate +\\d\\.\\d % .* >= 10\\.0 % +\\d+ +met")
                .containsPattern("ROLLED BACK after \\d+ s\\.")
                .contains("All three ended as they must")
                .doesNotContain("\u001b");
    }

    @Test
    @DisplayName("gives the same document for the same seed")
    void isRepeatable() {
        tell(3, true);
        var first = printed();
        out.reset();
        tell(3, true);
        assertThat(printed()).isEqualTo(first);
    }

    private int tell(long seed, boolean json) {
        var terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), false);
        return new DemoOnce(seed)
                .tell(json, terminal, new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private JsonNode document() throws IOException {
        return new ObjectMapper().readTree(printed());
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
