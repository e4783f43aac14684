package dev.serin.server.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serin.engine.judge.Call;
import dev.serin.simulator.profile.Distribution;
import dev.serin.simulator.profile.ModelProfile;
import dev.serin.simulator.profile.Profiles;
import dev.serin.simulator.profile.RealisticProfile;
import dev.serin.simulator.traffic.Rhythm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The profiles that come along")
class ShippedProfilesTest {

    private static final int CALLS = 40_000;

    @Test
    @DisplayName("are the files in profiles/, each with the name of its file")
    void areAllFiles() throws IOException {
        try (var files = Files.list(Path.of("../profiles"))) {
            assertThat(files.map(it -> it.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            ProfileFiles.SHIPPED.stream().map(it -> it + ".yaml").toList());
        }
        assertThat(ProfileFiles.SHIPPED)
                .allSatisfy(name ->
                        assertThat(ProfileFiles.named(name).profile().name()).isEqualTo(name));
    }

    @Test
    @DisplayName("hold the original's models number by number")
    void originals() {
        assertThat(
                        List.of("gpt-3.5", "gpt-4-good", "gpt-4-bad", "agent-v1", "agent-v2")
                                .stream()
                                .map(name -> ProfileFiles.named(name).profile()))
                .containsExactly(
                        Profiles.GPT_3_5,
                        Profiles.GPT_4_GOOD,
                        Profiles.GPT_4_BAD,
                        Profiles.AGENT_V1,
                        Profiles.AGENT_V2);
    }

    /// Latencies that were computed beforehand from published speeds and lengths, in seconds.
    @ParameterizedTest
    @CsvSource({
        "gpt-3.5-turbo, 3.2, 8.7, 12",
        "gpt-4, 20, 52, 75",
        "gpt-4-turbo, 6.6, 15, 20",
        "gpt-4o, 3.5, 8.9, 13"
    })
    @DisplayName("take as long as published speeds and answer lengths make them")
    void latencies(String name, double p50, double p95, double p99) {
        var seconds =
                sorted(
                        answers(name).stream()
                                .mapToDouble(it -> Objects.requireNonNull(it.latencyMs()) / 1000));

        assertThat(seconds[seconds.length / 2]).isCloseTo(p50, within(0.15 * p50));
        assertThat(seconds[seconds.length * 95 / 100]).isCloseTo(p95, within(0.15 * p95));
        assertThat(seconds[seconds.length * 99 / 100]).isCloseTo(p99, within(0.15 * p99));
    }

    @Test
    @DisplayName("answer as long as BurstGPT's models do, to prompts as long as theirs")
    void tokens() {
        var out = sorted(answers("gpt-4").stream().mapToDouble(it -> tokens(it)));
        var gpt = (RealisticProfile) ProfileFiles.named("gpt-4").profile();
        var random = new SplittableRandom(5);
        var in =
                sorted(
                        random.doubles(CALLS)
                                .map(u -> Objects.requireNonNull(gpt.tokensIn()).at(u)));

        assertThat(Arrays.stream(out).average().orElse(0)).isCloseTo(222, within(12.0));
        assertThat(out[out.length / 2]).isCloseTo(203, within(15.0));
        assertThat(out[out.length * 95 / 100]).isCloseTo(491, within(30.0));
        assertThat(Arrays.stream(in).average().orElse(0)).isCloseTo(634, within(25.0));
        assertThat(in[in.length / 2]).isCloseTo(550, within(30.0));
        assertThat(in[in.length * 95 / 100]).isCloseTo(1710, within(100.0));
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-3.5-turbo, 0.00068",
        "gpt-4, 0.0333",
        "gpt-4-turbo, 0.0135",
        "gpt-4o, 0.0040",
        "gpt-4o-mini, 0.00024"
    })
    @DisplayName("cost what their list prices make of a mean call")
    void prices(String name, double usd) {
        var mean =
                answers(name).stream()
                        .mapToDouble(it -> Objects.requireNonNull(it.costUsd()))
                        .average()
                        .orElse(0);

        assertThat(mean).isCloseTo(usd, within(0.08 * usd));
    }

    @Test
    @DisplayName("fail as often as BurstGPT's calls over a year, and together")
    void failures() {
        var gpt = ProfileFiles.named("gpt-4").profile().under(1);
        var mini = ProfileFiles.named("gpt-4o-mini").profile().under(1);
        var failing = hours(gpt);
        double rate = failing.stream().mapToDouble(it -> it).average().orElse(0);

        assertThat(rate).isCloseTo(0.018, within(0.003));
        var worst =
                IntStream.range(0, failing.size()).filter(it -> failing.get(it) > 0.3).toArray();
        var other = hours(mini);
        assertThat(worst).isNotEmpty();
        assertThat(Arrays.stream(worst).mapToDouble(other::get)).allMatch(it -> it > 0.1);
    }

    @Test
    @DisplayName("have a chat service's day")
    void arrivals() {
        var rhythm = Objects.requireNonNull(ProfileFiles.named("gpt-4o").arrivals());
        assertThat(rhythm.daily()).isEqualTo(Rhythm.CHAT);
        assertThat(((RealisticProfile) ProfileFiles.named("gpt-4o").profile()).tokensOut())
                .isInstanceOf(Distribution.Clipped.class);
    }

    /// The part of the calls that fails, for moments 20 minutes apart over a year.
    private static List<Double> hours(ModelProfile profile) {
        var start = Instant.parse("2026-01-01T00:00:00Z");
        return IntStream.range(0, 365 * 72)
                .mapToObj(it -> {
                    var at = start.plusSeconds(1200L * it);
                    var random = new SplittableRandom(it);
                    return IntStream.range(0, 20)
                                    .filter(_ ->
                                            Boolean.TRUE.equals(profile.call(at, random).error()))
                                    .count()
                            / 20.0;
                })
                .toList();
    }

    private static List<Call> answers(String name) {
        var profile = ProfileFiles.named(name).profile();
        var random = new SplittableRandom(3);
        return IntStream.range(0, CALLS)
                .mapToObj(_ -> profile.call(random))
                .filter(call -> Boolean.FALSE.equals(call.error()))
                .toList();
    }

    private static double[] sorted(java.util.stream.DoubleStream values) {
        return values.sorted().toArray();
    }

    private static double tokens(Call call) {
        return Objects.requireNonNull(call.tokensOut());
    }
}
