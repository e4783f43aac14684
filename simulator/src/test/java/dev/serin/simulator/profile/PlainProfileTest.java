package dev.serin.simulator.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.serin.engine.judge.Call;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A plain profile")
class PlainProfileTest {

    private static final int CALLS = 100_000;

    static Stream<PlainProfile> profiles() {
        return Stream.of(
                Profiles.GPT_3_5,
                Profiles.GPT_4_GOOD,
                Profiles.GPT_4_BAD,
                Profiles.AGENT_V1,
                Profiles.AGENT_V2);
    }

    /// Five standard errors of a rate: a seed that fails is one in a million.
    private static double tolerance(double rate, long calls) {
        return 5 * Math.sqrt(rate * (1 - rate) / calls);
    }

    @ParameterizedTest
    @MethodSource("profiles")
    @DisplayName("keeps its rates")
    void keepsItsRates(PlainProfile profile) {
        var calls = calls(profile, 1);
        double errors = share(calls, call -> Boolean.TRUE.equals(call.error()));
        var answers = calls.stream().filter(call -> !Boolean.TRUE.equals(call.error())).toList();
        double madeUp = share(answers, call -> call.labels().get(ModelProfile.HALLUCINATION));

        assertThat(errors)
                .isCloseTo(profile.errorRate(), within(tolerance(profile.errorRate(), CALLS)));
        assertThat(madeUp)
                .isCloseTo(
                        profile.hallucinationRate(),
                        within(tolerance(profile.hallucinationRate(), answers.size())));
    }

    @ParameterizedTest
    @MethodSource("profiles")
    @DisplayName("keeps latency and price within their bounds, and reaches all of them")
    void keepsItsBounds(PlainProfile profile) {
        var calls = calls(profile, 2);
        var latencies = calls.stream().map(Call::latencyMs).map(Objects::requireNonNull).toList();
        assertThat(latencies)
                .allMatch(
                        ms -> ms >= profile.baseMs() && ms < profile.baseMs() + profile.jitterMs());
        assertThat(latencies.stream().mapToDouble(Double::doubleValue).average().orElse(0))
                .isCloseTo(
                        profile.baseMs() + profile.jitterMs() / 2,
                        within(profile.jitterMs() / 100));

        var prices =
                calls.stream()
                        .filter(call -> !Boolean.TRUE.equals(call.error()))
                        .map(Call::costUsd)
                        .map(Objects::requireNonNull)
                        .toList();
        assertThat(prices)
                .allMatch(usd -> usd >= profile.costUsd() && usd < profile.costUsd() * 1.15);
        assertThat(prices.stream().mapToDouble(Double::doubleValue).average().orElse(0))
                .isCloseTo(profile.costUsd() * 1.075, within(profile.costUsd() / 500));
    }

    @Test
    @DisplayName("charges nothing for a failed call, and labels none")
    void failedCallsCostNothing() {
        var failed =
                calls(Profiles.AGENT_V2, 3).stream()
                        .filter(call -> Boolean.TRUE.equals(call.error()))
                        .toList();
        assertThat(failed)
                .isNotEmpty()
                .allSatisfy(call -> {
                    assertThat(call.costUsd()).isZero();
                    assertThat(call.labels()).isEmpty();
                    assertThat(call.errorClass()).isEqualTo("5xx");
                });
    }

    @Test
    @DisplayName("has, as the bad GPT-4, a p95 of 7.35 s")
    void badModelIsSlow() {
        var latencies =
                calls(Profiles.GPT_4_BAD, 4).stream()
                        .map(Call::latencyMs)
                        .map(Objects::requireNonNull)
                        .sorted()
                        .toList();
        assertThat(latencies.get(CALLS * 95 / 100)).isCloseTo(7350.0, within(15.0));
    }

    @Test
    @DisplayName("gives the same calls for the same seed, and others for another")
    void seedGivesItsCallsAgain() {
        assertThat(calls(Profiles.GPT_4_GOOD, 5)).isEqualTo(calls(Profiles.GPT_4_GOOD, 5));
        assertThat(calls(Profiles.GPT_4_GOOD, 5)).isNotEqualTo(calls(Profiles.GPT_4_GOOD, 6));
    }

    @Test
    @DisplayName("draws latency, failure, hallucination and price in this order, at any time")
    void drawsInOrder() {
        var random = new SplittableRandom(42);
        var copy = new SplittableRandom(42);
        for (int i = 0; i < 1000; i++) {
            var call = Profiles.GPT_4_GOOD.call(Instant.EPOCH.plusSeconds(i), random);
            double latencyMs = 800 + 400 * copy.nextDouble();
            boolean failed = copy.nextDouble() < 0.01;
            boolean madeUp = copy.nextDouble() < 0.02;
            double costUsd = 0.03 * (1 + 0.15 * copy.nextDouble());
            assertThat(call)
                    .isEqualTo(
                            failed
                                    ? new Call(true, "5xx", latencyMs, null, 0.0, null, Map.of())
                                    : new Call(
                                            false,
                                            null,
                                            latencyMs,
                                            null,
                                            costUsd,
                                            null,
                                            Map.of("hallucination", madeUp)));
        }
    }

    @Test
    @DisplayName("refuses what is no rate, latency or price, also NaN")
    void refusesNonsense() {
        assertThatThrownBy(() -> new PlainProfile("x", 1, 0, Double.NaN, 0, 0))
                .hasMessage("an error rate is 0 to 1, got NaN");
        assertThatThrownBy(() -> new PlainProfile("x", 1, 0, 0, 1.1, 0))
                .hasMessageContaining("1.1");
        assertThatThrownBy(() -> new PlainProfile("x", 0, 0, 0, 0, 0))
                .hasMessageContaining("above 0");
        assertThatThrownBy(() -> new PlainProfile("x", 1, -1, 0, 0, 0)).hasMessageContaining("-1");
        assertThatThrownBy(() -> new PlainProfile("x", 1, 0, 0, 0, -1)).hasMessageContaining("-1");
    }

    private static List<Call> calls(PlainProfile profile, long seed) {
        var random = new SplittableRandom(seed);
        return Stream.generate(() -> profile.call(random)).limit(CALLS).toList();
    }

    private static double share(List<Call> calls, java.util.function.Predicate<Call> of) {
        return calls.stream().filter(of).count() / (double) calls.size();
    }
}
