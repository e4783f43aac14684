package dev.serin.server.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serin.server.planfile.PlanError;
import dev.serin.server.problem.WrongUse;
import dev.serin.simulator.profile.Distribution.Uniform;
import dev.serin.simulator.profile.RealisticProfile;
import dev.serin.simulator.profile.Speed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A profile's file")
class ProfileReaderTest {

    private static final String GOOD =
            """
            name: mine
            provider: acme
            tokensIn: 550
            tokensOut: { distribution: lognormal, median: 160, sigma: 0.9, least: 1, most: 4096 }
            ttftMs: { distribution: quantiles, points: { 0%: 100, 50%: 300, 100%: 4000 } }
            msPerToken: { distribution: uniform, low: 10, high: 30 }
            errorRate: 2%
            errors: { 5xx: 75%, "429": 25% }
            timeout: 60s
            price: { perMillionIn: 30, perMillionOut: 60 }
            labels:
              hallucination: { rate: 3%, share: 40%, delay: 90s, sigma: 1 }
            episodes:
              - { kind: partial_outage, every: 1d, lasts: 5m, share: 40% }
            arrivals: { perSecond: 5.5, shape: 0.9, swing: 0.25, daily: chat }
            """;

    @Test
    @DisplayName("is read as YAML and as JSON")
    void reads() {
        var profile = (RealisticProfile) read(GOOD).profile();

        assertThat(profile.name()).isEqualTo("mine");
        assertThat(profile.provider()).isEqualTo("acme");
        assertThat(profile.speed()).isInstanceOf(Speed.Streamed.class);
        assertThat(profile.verdicts().getFirst().delayMs().at(0.5)).isBetween(89_999.0, 90_001.0);
        assertThat(profile.episodes()).hasSize(1);
        assertThat(
                        read("""
                        {"name": "plain", "formula": "original", "baseMs": 350, "jitterMs": 150,
                         "errorRate": 0.02, "hallucinationRate": 0.06, "costUsd": 0.002}
                        """)
                                .profile()
                                .name())
                .isEqualTo("plain");
    }

    @Test
    @DisplayName("may say how numbers of a plan's own are spread")
    void numbers() {
        var profile =
                (RealisticProfile)
                        read(GOOD
                                        + "numbers: { output_words: { distribution: uniform, low: 10, high: 30 } }")
                                .profile();

        assertThat(profile.numbers().get("output_words")).isEqualTo(new Uniform(10, 30));
        assertThat(errors(GOOD + "numbers: { words: many }"))
                .extracting(PlanError::field)
                .containsExactly("numbers.words");
        assertThat(errors(GOOD + "numbers: [words]"))
                .extracting(PlanError::message)
                .first()
                .asString()
                .contains("write { output_words: {");
    }

    @Test
    @DisplayName("may say that nobody knows the latency or the errors, but not leave them out")
    void unknown() {
        var bare =
                (RealisticProfile)
                        read("name: x\nerrorRate: unknown\nlatencyMs: unknown").profile();

        assertThat(bare.failures().rate()).isNull();
        assertThat(bare.speed()).isInstanceOf(Speed.Unknown.class);
        assertThat(errors("name: x"))
                .extracting(PlanError::field)
                .contains("ttftMs", "msPerToken", "errorRate");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    errorRate: 2%                | errorRate: -2%          | 7:12: errorRate: a rate is 0% to 100%; write one between them (got -2%)
                    errorRate: 2%                | errorRate: .nan         | 7:12: errorRate: a rate is 0% to 100%; write it as 5% or 0.05 (got .nan)
                    errorRate: 2%                | errorRate: 1.2          | 7:12: errorRate: 1.2 is above 1; write 1.2%
                    share: 40%, delay            | share: 140%, delay      | 12:37: labels.hallucination.share: share is 0% to 100%; write one between them (got 140%)
                    distribution: uniform        | distribution: pareto    | 6:29: msPerToken.distribution: pareto is not known here
                    low: 10                      | low: -1                 | 6:43: msPerToken.low: this is a number from 0 to 1000000000; write it without quotes (got -1)
                    low: 10, high: 30            | low: 10, high: 5        | 6:13: msPerToken: high is at least low, got 5.0
                    low: 10                      | low: .nan               | 6:43: msPerToken.low: this is a number
                    median: 160, sigma           | sigma                   | tokensOut.median: median is missing; write median: NUMBER
                    provider: acme               | provder: acme           | 2:1: provder: provder is no field here; did you mean provider?
                    50%: 300                     | 50%: 9000               | ttftMs: values never fall, got 4000.0
                    "429": 25%                   | "429": 35%              | errors: shares of classes add up to 100%, got 1.1
                    kind: partial_outage         | kind: strike            | episodes[0].kind: strike is not known here
                    lasts: 5m                    | lasts: 5                | episodes[0].lasts: 5 has no unit; write 5s for seconds
                    shape: 0.9                   | shape: 0                | arrivals.shape: this is a number from 0.05 to 100
                    timeout: 60s                 | latencyMs: 900          | ttftMs: ttftMs and latencyMs say two things; keep one of them
                    """)
    @DisplayName("is refused with line, field, value and mend")
    void refuses(String good, String bad, String message) {
        assertThat(GOOD).contains(good);
        assertThat(errors(GOOD.replace(good, bad)).stream().map(PlanError::text))
                .anySatisfy(text -> assertThat(text).contains(message))
                .allSatisfy(text -> assertThat(text).doesNotContain("\n"));
    }

    @Test
    @DisplayName("is called a profile where the whole of it is no document")
    void refusesTheWhole() {
        assertThat(errors("").getFirst().text())
                .isEqualTo("1:1: profile: the document is empty; begin with name:");
        assertThat(errors("[1]").getFirst().text()).startsWith("1:1: profile: a list stands where");
        assertThat(errors("a: [").getFirst().field()).isEqualTo("profile");
    }

    @Test
    @DisplayName("is shown in the guide as the reader reads it")
    void guide() throws IOException {
        var guide = Files.readString(Path.of("../docs/profiles.md"));
        var examples =
                Pattern.compile("(?s)```yaml\\n(.*?)```")
                        .matcher(guide)
                        .results()
                        .map(it -> it.group(1))
                        .toList();

        assertThat(examples).hasSize(2).allSatisfy(it -> assertThat(errors(it)).isEmpty());
        assertThat(ProfileShape.values())
                .filteredOn(it -> it != ProfileShape.ORIGINAL)
                .flatExtracting(ProfileShape::names)
                .allSatisfy(name -> assertThat(guide).contains("`" + name + "`"));
    }

    @Test
    @DisplayName("that is not there is told in one line that names those that come along")
    void missing() {
        assertThatThrownBy(() -> ProfileFiles.named("gpt-5"))
                .isInstanceOf(WrongUse.class)
                .hasMessageContaining("gpt-5 is no profile")
                .hasMessageContaining("gpt-4o-mini");
    }

    private static ProfileFile read(String text) {
        return switch (ProfileReader.read(text.getBytes(StandardCharsets.UTF_8))) {
            case ProfileReading.Read(var file) -> file;
            case ProfileReading.Refused(var errors) ->
                    throw new AssertionError(
                            errors.stream().map(PlanError::text).collect(Collectors.joining("\n")));
        };
    }

    private static List<PlanError> errors(String text) {
        return ProfileReader.read(text.getBytes(StandardCharsets.UTF_8))
                        instanceof ProfileReading.Refused(var errors)
                ? errors
                : List.of();
    }
}
