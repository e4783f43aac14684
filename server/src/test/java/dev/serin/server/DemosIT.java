package dev.serin.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The packaged program, from client through gateway to stand-in provider over real sockets. A demo takes its
/// time and hardly a processor, so others run beside it.
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("The demos over sockets")
class DemosIT {

    @TempDir Path data;

    @Test
    @DisplayName("spare every user while five faults befall the candidate's provider")
    void chaos() throws Exception {
        var faults = play("--chaos").path("faults");

        assertThat(faults)
                .extracting(each -> each.path("fault").asText())
                .containsExactly(
                        "latency_spike",
                        "partial_outage",
                        "full_outage",
                        "rate_limit",
                        "context_overflow");
        assertThat(faults)
                .allSatisfy(each -> {
                    assertThat(each.path("calls").asLong()).isPositive();
                    assertThat(each.path("failed").isIntegralNumber()).isTrue();
                    assertThat(each.path("failed").asLong()).isZero();
                    assertThat(each.path("answeredInItsPlace").asLong()).isPositive();
                    assertThat(each.path("breakerOpenedMs").isNumber())
                            .isEqualTo(!each.path("fault").asText().equals("context_overflow"));
                    assertThat(each.path("burnMost").asDouble()).isGreaterThan(1);
                    assertThat(each.path("burnAfter").asDouble()).isLessThan(1);
                    assertThat(each.at("/upgrade/outcome").asText()).isEqualTo("breached");
                    assertThat(each.at("/triedAgain/outcome").asText()).isEqualTo("promoted");
                    assertThat(each.path("asItMust").asBoolean()).isTrue();
                });
    }

    @Test
    @DisplayName("promote a good upgrade and roll a bad one back, by what a client met")
    void gateway() throws Exception {
        var scenarios = play("--gateway").path("scenarios");

        assertThat(scenarios)
                .extracting(each -> each.path("outcome").asText())
                .containsExactly("promoted", "breached");
        assertThat(scenarios)
                .allSatisfy(each -> {
                    assertThat(each.path("calls").asLong()).isPositive();
                    assertThat(each.path("answeredByCandidate").asLong()).isPositive();
                });
    }

    private JsonNode play(String demo) throws Exception {
        var out = data.resolve("out.json");
        var err = data.resolve("err.txt");
        var serin =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:TieredStopAtLevel=1",
                                        "-jar",
                                        Path.of("target", "quarkus-app", "quarkus-run.jar")
                                                .toAbsolutePath()
                                                .toString(),
                                        "demo",
                                        demo,
                                        "--once",
                                        "--json",
                                        "--port",
                                        "0",
                                        "--data",
                                        data.resolve("data").toString()))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        try {
            assertThat(serin.waitFor(10, TimeUnit.MINUTES)).as("it has ended").isTrue();
        } finally {
            serin.destroy();
        }
        assertThat(serin.exitValue()).as(Files.readString(err)).isZero();
        return new ObjectMapper().readTree(out.toFile());
    }
}
