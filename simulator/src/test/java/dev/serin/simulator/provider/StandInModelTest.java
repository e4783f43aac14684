package dev.serin.simulator.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serin.simulator.profile.Distribution;
import dev.serin.simulator.profile.Episode;
import dev.serin.simulator.profile.Failures;
import dev.serin.simulator.profile.Profiles;
import dev.serin.simulator.profile.RealisticProfile;
import dev.serin.simulator.profile.Speed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A stand-in's model")
class StandInModelTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int CALLS = 20_000;

    private final StandInModel good = new StandInModel(Profiles.GPT_4_GOOD, 7);

    @Test
    @DisplayName("says the same to the same call under the same seed, and else something else")
    void followsItsSeed() {
        assertThat(good.turn(5, NOON, null)).isEqualTo(good.turn(5, NOON, null));
        assertThat(good.turn(5, NOON, null)).isNotEqualTo(good.turn(6, NOON, null));
        assertThat(new StandInModel(Profiles.GPT_4_GOOD, 8).turn(5, NOON, null))
                .isNotEqualTo(good.turn(5, NOON, null));
    }

    @Test
    @DisplayName("keeps the rates and the latency of its profile")
    void keepsItsProfile() {
        assertThat(part(null, turn -> turn.errorClass() != null)).isCloseTo(0.01, within(0.004));
        assertThat(part(null, Turn::isMadeUp)).isCloseTo(0.02, within(0.005));
        assertThat(turns(null)).allMatch(it -> it.latencyMs() >= 800 && it.latencyMs() <= 1200);
    }

    @Test
    @DisplayName("tells the tokens of its profile's prompts and answers, and its first token")
    void tellsTokens() {
        var turn = new StandInModel(streamed(List.of()), 1).turn(1, NOON, null);
        assertThat(turn.tokensIn()).isEqualTo(630);
        assertThat(turn.tokensOut()).isEqualTo(101);
        assertThat(turn.ttftMs()).isEqualTo(200);
        assertThat(turn.latencyMs()).isEqualTo(1200);
        assertThat(turn.upTo(11).latencyMs()).isEqualTo(300);
    }

    @Test
    @DisplayName("meets its profile's episodes at their time")
    void meetsEpisodes() {
        var always = Duration.ofHours(1);
        var episode = new Episode(Episode.Kind.RATE_LIMIT, always, always, 1, 1);
        var model = new StandInModel(streamed(List.of(episode)), 1);
        var classes =
                LongStream.range(0, 48)
                        .mapToObj(hour -> NOON.plusSeconds(hour * 1800))
                        .map(at -> model.turn(1, at, null).errorClass())
                        .toList();
        assertThat(classes).contains("429").containsNull();
    }

    @ParameterizedTest(name = "{0}: {1} of the calls end as {2}")
    @CsvSource({
        "partial_outage, 0.5, 5xx",
        "full_outage, 1, 5xx",
        "rate_limit, 0.8, 429",
        "quota, 1, insufficient_quota",
        "context_overflow, 1, context_length_exceeded"
    })
    @DisplayName("fails under a fault as often as the fault says")
    void failsUnderFaults(String fault, double share, String errorClass) {
        assertThat(part(Fault.named(fault).orElseThrow(), it -> errorClass.equals(it.errorClass())))
                .isCloseTo(share, within(0.02));
    }

    @Test
    @DisplayName("takes five times as long in 70 % of the calls under a latency spike")
    void isSlowInASpike() {
        assertThat(part(Fault.LATENCY_SPIKE, turn -> turn.latencyMs() >= 4000))
                .isCloseTo(0.7, within(0.02));
    }

    @Test
    @DisplayName("makes three answers of ten up under a drift of quality")
    void isWorseInADrift() {
        assertThat(part(Fault.QUALITY_DRIFT, Turn::isMadeUp)).isCloseTo(0.31, within(0.02));
    }

    @Test
    @DisplayName("refuses soon, however slow its answers are")
    void refusesSoon() {
        assertThat(turns(Fault.FULL_OUTAGE)).allMatch(turn -> turn.latencyMs() <= 50);
    }

    private double part(@Nullable Fault fault, Predicate<Turn> which) {
        return turns(fault).stream().filter(which).count() / (double) CALLS;
    }

    private List<Turn> turns(@Nullable Fault fault) {
        return LongStream.range(0, CALLS)
                .mapToObj(number -> good.turn(number, NOON, fault))
                .toList();
    }

    private static RealisticProfile streamed(List<Episode> episodes) {
        return new RealisticProfile(
                "streamed",
                "acme",
                new Distribution.Constant(630),
                new Distribution.Constant(101),
                new Speed.Streamed(new Distribution.Constant(200), new Distribution.Constant(10)),
                Failures.NONE,
                null,
                List.of(),
                Map.of(),
                episodes,
                0);
    }
}
