package dev.serin.simulator.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.serin.engine.judge.Call;
import dev.serin.simulator.profile.Distribution.Clipped;
import dev.serin.simulator.profile.Distribution.Constant;
import dev.serin.simulator.profile.Distribution.Lognormal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A realistic profile")
class RealisticProfileTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final int CALLS = 50_000;

    private static final Episode OUTAGE =
            new Episode(
                    Episode.Kind.PARTIAL_OUTAGE,
                    Duration.ofHours(1),
                    Duration.ofMinutes(6),
                    0.5,
                    1);

    @Test
    @DisplayName("takes as long as its first token and each further one take together")
    void latencyIsLinearInTokens() {
        assertThat(calls(profile("m", List.of()), 1))
                .filteredOn(call -> Boolean.FALSE.equals(call.error()))
                .allSatisfy(call ->
                        assertThat(latency(call))
                                .isCloseTo(
                                        Objects.requireNonNull(call.ttftMs())
                                                + 20.0 * (tokens(call) - 1),
                                        within(1e-6)));
    }

    @Test
    @DisplayName("keeps its rates, its classes of failure and its prices")
    void keepsRates() {
        var calls = calls(profile("m", List.of()), 2);
        var failed = calls.stream().filter(call -> Boolean.TRUE.equals(call.error())).toList();
        var answers = calls.stream().filter(call -> Boolean.FALSE.equals(call.error())).toList();

        assertThat(failed.size() / (double) CALLS).isCloseTo(0.02, within(0.004));
        assertThat(share(failed, call -> "timeout".equals(call.errorClass())))
                .isCloseTo(0.25, within(0.07));
        assertThat(failed)
                .allSatisfy(call -> {
                    assertThat(call.costUsd()).isZero();
                    assertThat(call.labels()).isEmpty();
                    assertThat(call.tokensOut()).isNull();
                });
        assertThat(failed)
                .filteredOn(call -> "timeout".equals(call.errorClass()))
                .allSatisfy(call -> assertThat(call.latencyMs()).isEqualTo(60_000.0));
        assertThat(answers)
                .allSatisfy(call ->
                        assertThat(call.costUsd())
                                .isCloseTo((500 * 30 + tokens(call) * 60) / 1e6, within(1e-12)));
    }

    @Test
    @DisplayName("labels the part of its answers that it says, and as many of them bad")
    void labels() {
        var answers =
                calls(profile("m", List.of()), 3).stream()
                        .filter(call -> Boolean.FALSE.equals(call.error()))
                        .toList();
        var labelled =
                answers.stream()
                        .filter(call -> call.labels().containsKey("hallucination"))
                        .toList();

        assertThat(labelled.size() / (double) answers.size()).isCloseTo(0.4, within(0.012));
        assertThat(share(labelled, call -> call.labels().get("hallucination")))
                .isCloseTo(0.03, within(0.007));
    }

    @Test
    @DisplayName("gives its answers the numbers that it says, and draws all else as without them")
    void numbers() {
        var one = profile("m", List.of());
        var numbered =
                new RealisticProfile(
                        one.name(),
                        one.provider(),
                        one.tokensIn(),
                        one.tokensOut(),
                        one.speed(),
                        one.failures(),
                        one.price(),
                        one.verdicts(),
                        Map.of("words", new Lognormal(180, 0.5), "huge", new Constant(2e9)),
                        one.episodes(),
                        0);
        var answers =
                calls(numbered, 3).stream()
                        .filter(call -> Boolean.FALSE.equals(call.error()))
                        .toList();

        assertThat(share(answers, call -> call.numbers().get("words") < 180))
                .isCloseTo(0.5, within(0.012));
        assertThat(answers)
                .allSatisfy(
                        call -> assertThat(call.numbers()).containsEntry("huge", Call.MOST_NUMBER));
        assertThat(numbered.call(new SplittableRandom(9)).withNumbers(Map.of()))
                .isEqualTo(one.call(new SplittableRandom(9)));
    }

    @Test
    @DisplayName("tells of a label's delay: half of them take longer than the median")
    void labelsAreLate() {
        var random = new SplittableRandom(4);
        var profile = profile("m", List.of());
        var delays =
                Stream.generate(() -> profile.labelDelay("hallucination", random))
                        .limit(10_000)
                        .toList();

        assertThat(delays.stream().filter(it -> it.toSeconds() >= 90).count() / 10_000.0)
                .isCloseTo(0.5, within(0.025));
        assertThat(profile.labelDelay("other", random)).isZero();
    }

    @Test
    @DisplayName("fails on prompts longer than its context, whatever else happens")
    void contextOverflows() {
        var small =
                new RealisticProfile(
                        "small",
                        "openai",
                        new Lognormal(1000, 1),
                        null,
                        new Speed.Whole(new Constant(100)),
                        new Failures(0.0, List.of(), 60_000, 1000.0),
                        null,
                        List.of(),
                        Map.of(),
                        List.of(),
                        0);
        assertThat(
                        share(
                                calls(small, 5),
                                call -> "context_length_exceeded".equals(call.errorClass())))
                .isCloseTo(0.5, within(0.012));
    }

    @Test
    @DisplayName("says nothing of what nobody knows")
    void unknownStaysUnknown() {
        var bare =
                new RealisticProfile(
                        "bare",
                        "bare",
                        null,
                        null,
                        new Speed.Unknown(),
                        new Failures(null, List.of(), 60_000, null),
                        null,
                        List.of(),
                        Map.of(),
                        List.of(),
                        0);
        assertThat(bare.call(new SplittableRandom(1)))
                .isEqualTo(new Call(null, null, null, null, null, null, Map.of()));
    }

    @Test
    @DisplayName("fails together with every model of its provider, and with no other's")
    void providersShareTheirFate() {
        var one = profile("gpt-a", List.of(OUTAGE)).under(7);
        var other = profile("gpt-b", List.of(OUTAGE)).under(7);
        var foreign =
                new RealisticProfile(
                                "claude",
                                "anthropic",
                                one.tokensIn(),
                                one.tokensOut(),
                                one.speed(),
                                one.failures(),
                                one.price(),
                                one.verdicts(),
                                Map.of(),
                                List.of(OUTAGE),
                                0)
                        .under(7);
        var minutes = IntStream.range(0, 60 * 24).mapToObj(it -> NOON.plusSeconds(60L * it));
        var ofOne = minutes.map(at -> failsOften(one, at)).toList();
        var ofOther = everyMinute(at -> failsOften(other, at));
        var ofForeign = everyMinute(at -> failsOften(foreign, at));

        assertThat(ofOne).isEqualTo(ofOther).isNotEqualTo(ofForeign);
        // 6 of each 60 minutes on average, over a day of 24 episodes: five standard errors.
        assertThat(ofOne.stream().filter(it -> it).count() / (double) ofOne.size())
                .isBetween(0.02, 0.2);
    }

    @Test
    @DisplayName("meets other episodes under another seed, and the same under its own")
    void episodesFollowFromTheSeed() {
        var profile = profile("m", List.of(OUTAGE));
        var one = everyMinute(at -> failsOften(profile.under(1), at));

        assertThat(one)
                .isEqualTo(everyMinute(at -> failsOften(profile.under(1), at)))
                .isNotEqualTo(everyMinute(at -> failsOften(profile.under(2), at)));
    }

    @Test
    @DisplayName("slows down in a spike, loses quality in a drift, and is refused without tokens")
    void otherEpisodes() {
        var always = Duration.ofHours(1);
        var calm = profile("m", List.of());
        var slow =
                profile(
                        "m",
                        List.of(new Episode(Episode.Kind.LATENCY_SPIKE, always, always, 1, 3)));
        var drift =
                profile(
                        "m",
                        List.of(new Episode(Episode.Kind.QUALITY_DRIFT, always, always, 1, 4)));
        var empty = profile("m", List.of(new Episode(Episode.Kind.QUOTA, always, always, 1, 1)));
        var limited =
                profile("m", List.of(new Episode(Episode.Kind.RATE_LIMIT, always, always, 0.3, 1)));

        assertThat(mean(during(slow), RealisticProfileTest::latencyOrZero))
                .isGreaterThan(1.5 * mean(during(calm), RealisticProfileTest::latencyOrZero));
        assertThat(share(during(drift), call -> call.labels().getOrDefault("hallucination", false)))
                .isGreaterThan(
                        1.5
                                * share(
                                        during(calm),
                                        call ->
                                                call.labels()
                                                        .getOrDefault("hallucination", false)));
        assertThat(during(empty)).anyMatch(call -> "insufficient_quota".equals(call.errorClass()));
        assertThat(share(during(limited), call -> "429".equals(call.errorClass())))
                .isBetween(0.1, 0.3);
    }

    @Test
    @DisplayName("gives the same calls for the same seed, and others for another")
    void seedGivesItsCallsAgain() {
        var profile = profile("m", List.of(OUTAGE));
        assertThat(calls(profile, 5)).isEqualTo(calls(profile, 5)).isNotEqualTo(calls(profile, 6));
    }

    @Test
    @DisplayName("refuses what is no rate, share or price, also NaN")
    void refusesNonsense() {
        assertThatThrownBy(() -> new Failures(Double.NaN, List.of(), 1, null))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() ->
                        new Failures(0.1, List.of(new Failures.ErrorClass("5xx", 0.5)), 1, null))
                .hasMessageContaining("0.5");
        assertThatThrownBy(() -> new Price(-1, 0, 0)).hasMessageContaining("-1");
        assertThatThrownBy(() -> new Lognormal(0, 1)).hasMessageContaining("median");
        assertThatThrownBy(() -> new Lognormal(1, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Verdict("x", 1.1, 1, new Constant(0)))
                .hasMessageContaining("1.1");
        assertThatThrownBy(() ->
                        new Episode(
                                Episode.Kind.QUOTA,
                                Duration.ofMinutes(1),
                                Duration.ofHours(1),
                                1,
                                1))
                .hasMessageContaining("not longer");
    }

    private static List<Call> during(RealisticProfile profile) {
        var random = new SplittableRandom(9);
        return IntStream.range(0, CALLS)
                .mapToObj(it -> profile.call(NOON.plusSeconds(it), random))
                .toList();
    }

    private static List<Boolean> everyMinute(Predicate<Instant> fails) {
        return IntStream.range(0, 60 * 24)
                .mapToObj(it -> fails.test(NOON.plusSeconds(60L * it)))
                .toList();
    }

    private static boolean failsOften(RealisticProfile profile, Instant at) {
        var random = new SplittableRandom(at.getEpochSecond());
        var calls = Stream.generate(() -> profile.call(at, random)).limit(100).toList();
        return share(calls, call -> Boolean.TRUE.equals(call.error())) > 0.25;
    }

    private static RealisticProfile profile(String name, List<Episode> episodes) {
        return new RealisticProfile(
                name,
                "openai",
                new Constant(500),
                new Clipped(new Lognormal(160, 0.95), 1, 1000),
                new Speed.Streamed(new Lognormal(900, 0.35), new Constant(20)),
                new Failures(
                        0.02,
                        List.of(
                                new Failures.ErrorClass("5xx", 0.75),
                                new Failures.ErrorClass("timeout", 0.25)),
                        60_000,
                        8192.0),
                new Price(0, 30, 60),
                List.of(new Verdict("hallucination", 0.03, 0.4, new Lognormal(90_000, 1))),
                Map.of(),
                episodes,
                0);
    }

    private static List<Call> calls(ModelProfile profile, long seed) {
        var random = new SplittableRandom(seed);
        return Stream.generate(() -> profile.call(NOON, random)).limit(CALLS).toList();
    }

    private static double share(List<Call> calls, Predicate<Call> of) {
        return calls.stream().filter(of).count() / (double) calls.size();
    }

    private static double mean(List<Call> calls, ToDoubleFunction<Call> of) {
        return calls.stream().mapToDouble(of).average().orElse(0);
    }

    private static double latency(Call call) {
        return Objects.requireNonNull(call.latencyMs());
    }

    private static double latencyOrZero(Call call) {
        var ms = call.latencyMs();
        return ms == null ? 0 : ms;
    }

    private static long tokens(Call call) {
        return Objects.requireNonNull(call.tokensOut());
    }
}
