package dev.serin.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.traffic.Arm;
import dev.serin.engine.traffic.TrafficSplit;
import dev.serin.server.evidence.Seen;
import dev.serin.server.rollout.Serving;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A span")
class CallsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final UUID ROLLOUT = UUID.fromString("5f0c954e-2d6f-4a37-8f0e-3ad0f2a0b001");

    private static final Serving CHAT =
            new Serving(
                    "chat",
                    null,
                    "openai/gpt-3.5-turbo",
                    new Serving.Split(
                            ROLLOUT,
                            3,
                            "openai/gpt-3.5-turbo",
                            "openai/gpt-4",
                            Share.percent(5),
                            1,
                            "canary",
                            Plan.Key.USER,
                            new TrafficSplit(ROLLOUT.toString()),
                            null,
                            Share.NONE,
                            List.of(),
                            null));

    private final Calls calls =
            new Calls(route -> route.equals("chat") ? Optional.of(CHAT) : Optional.empty(), NOW);

    private static final Map<String, Object> GOOD =
            Map.of(
                    "gen_ai.operation.name", "chat",
                    "gen_ai.request.model", "gpt-4",
                    "gen_ai.response.id", "chatcmpl-1",
                    "gen_ai.response.time_to_first_chunk", 0.25,
                    "gen_ai.usage.output_tokens", 80L,
                    "user.id", "user-7",
                    "feature_flag.key", "chat",
                    "feature_flag.result.variant", "candidate");

    @Test
    @DisplayName("of a call on a route with a rollout is an observation of its arm")
    void observed() {
        var seen = seen(GOOD);
        assertThat(seen.id()).isEqualTo("chatcmpl-1");
        assertThat(seen.arm()).isEqualTo(Arm.CANDIDATE);
        assertThat(seen.at()).isEqualTo(NOW.minusSeconds(3));
        assertThat(seen.key()).isEqualTo("user-7");
        assertThat(seen.traceId()).isEqualTo("4bf92f");
        assertThat(seen.call().latencyMs()).isEqualTo(2000);
        assertThat(seen.call().ttftMs()).isEqualTo(250);
        assertThat(seen.call().tokensOut()).isEqualTo(80);
        assertThat(seen.call().error()).isFalse();
        assertThat(seen.call().costUsd()).isNull();
    }

    @Test
    @DisplayName(
            "with the older names is one too, and its model says the arm where nothing else does")
    void olderNames() {
        var seen =
                seen(
                        Map.of(
                                "gen_ai.system", "openai",
                                "gen_ai.request.model", "gpt-3.5-turbo",
                                "gen_ai.usage.completion_tokens", 12L,
                                "serin.route", "chat"));
        assertThat(seen.arm()).isEqualTo(Arm.BASELINE);
        assertThat(seen.call().tokensOut()).isEqualTo(12);
        assertThat(seen.id()).isEqualTo("4bf92f-00f0");
    }

    @Test
    @DisplayName("may name its flag in an event, as OpenFeature's hooks do")
    void flagInAnEvent() {
        var attributes = new HashMap<>(GOOD);
        attributes.remove("feature_flag.key");
        attributes.remove("feature_flag.result.variant");
        for (var events :
                List.of(
                        List.of(flag("chat", "baseline")),
                        List.of(flag("dark-mode", "candidate"), flag("chat", "baseline")),
                        List.of(flag("chat", "baseline"), flag("dark-mode", "candidate")),
                        List.of(flag("chat", "candidate"), flag("chat", "baseline")))) {
            var told = calls.of(span(attributes, false, NOW, events));
            assertThat(told)
                    .isInstanceOfSatisfying(
                            Told.Observed.class,
                            observed -> assertThat(observed.seen().arm()).isEqualTo(Arm.BASELINE));
        }
    }

    @Test
    @DisplayName("that names its route takes no arm from another flag")
    void foreignFlag() {
        var attributes = new HashMap<>(GOOD);
        attributes.remove("feature_flag.key");
        attributes.remove("feature_flag.result.variant");
        attributes.put("serin.route", "chat");
        var told = calls.of(span(attributes, false, NOW, List.of(flag("dark-mode", "baseline"))));
        assertThat(told)
                .isInstanceOfSatisfying(
                        Told.Observed.class,
                        observed -> assertThat(observed.seen().arm()).isEqualTo(Arm.CANDIDATE));
    }

    @Test
    @DisplayName(
            "of a caller whom the plan forces is told by the flag's reason, or by Serin's name")
    void forced() {
        assertThat(seen(GOOD).forced()).isFalse();
        assertThat(seen(with("feature_flag.result.reason", "split")).forced()).isFalse();
        assertThat(seen(with("feature_flag.result.reason", "targeting_match")).forced()).isTrue();
        assertThat(seen(with("serin.forced", "true")).forced()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "timeout, timeout",
        "java.net.SocketTimeoutException, timeout",
        "429, 429",
        "openai.RateLimitError, 429",
        "503, 5xx",
        "_OTHER, other",
        "ConnectionAbortedError, ConnectionAbortedError",
        "ECONNABORTED, ECONNABORTED",
        "insufficient_quota, insufficient_quota",
        "context_length_exceeded, context_length_exceeded"
    })
    @DisplayName("that failed counts as an error of its class")
    void failed(String type, String errorClass) {
        var call = seen(with("error.type", type)).call();
        assertThat(call.error()).isTrue();
        assertThat(call.errorClass()).isEqualTo(errorClass);
    }

    @Test
    @DisplayName("whose status is an error failed, though nobody says how")
    void failedByStatus() {
        var told = calls.of(span(GOOD, true, NOW.minusSeconds(1), List.of()));
        assertThat(told)
                .isInstanceOfSatisfying(
                        Told.Observed.class,
                        observed ->
                                assertThat(observed.seen().call().errorClass()).isEqualTo("other"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "400",
                "openai.BadRequestError",
                "asyncio.CancelledError",
                "499",
                "AbortError",
                "APIUserAbortError"
            })
    @DisplayName("that failed by its caller's fault, or that nobody waited for, is no evidence")
    void nobodysFault(String type) {
        assertThat(calls.of(span(with("error.type", type)))).isEqualTo(new Told.Other());
    }

    @ParameterizedTest
    @CsvSource({
        "gen_ai.operation.name, execute_tool",
        "gen_ai.operation.name, invoke_agent",
        "feature_flag.key, another-flag"
    })
    @DisplayName("that is no call of a model on a route of Serin's is passed over")
    void passedOver(String name, String value) {
        assertThat(calls.of(span(with(name, value)))).isEqualTo(new Told.Other());
    }

    @Test
    @DisplayName("without an arm is refused, with what to set")
    void noArm() {
        assertThat(calls.of(span(with("feature_flag.result.variant", "on"))))
                .isInstanceOfSatisfying(
                        Told.Refused.class,
                        refused ->
                                assertThat(refused.why())
                                        .contains("a span of chat names no arm")
                                        .contains("serin.arm"));
    }

    @ParameterizedTest
    @CsvSource({
        "serin.cost_usd, 1e308, serin.cost_usd is more than 1000000000",
        "gen_ai.response.time_to_first_chunk, 1e306, the first chunk is more than 1000000000 ms"
    })
    @DisplayName("that tells more than can be summed up is refused, and why")
    void beyondMeasure(String name, double value, String why) {
        assertThat(calls.of(span(with(name, value))))
                .isInstanceOfSatisfying(
                        Told.Refused.class, refused -> assertThat(refused.why()).contains(why));
    }

    @Test
    @DisplayName("that is centuries long is refused, and why")
    void centuriesLong() {
        var start = Instant.EPOCH;
        var end = start.plus(Duration.ofDays(500 * 365));
        var span = new Span("4bf92f", "00f0", start, end, false, new Attributes(GOOD), List.of());
        assertThat(calls.of(span))
                .isInstanceOfSatisfying(
                        Told.Refused.class,
                        refused ->
                                assertThat(refused.why())
                                        .contains("the span is longer than 1000000000 ms"));
    }

    @Test
    @DisplayName("from a clock that is hours ahead began when it came, less its length")
    void clockAhead() {
        var told = calls.of(span(GOOD, false, NOW.plus(Duration.ofHours(5)), List.of()));
        assertThat(told)
                .isInstanceOfSatisfying(
                        Told.Observed.class,
                        observed -> {
                            assertThat(observed.seen().at()).isNull();
                            assertThat(observed.seen().call().latencyMs()).isEqualTo(2000);
                        });
    }

    @Test
    @DisplayName(
            "without an id, and without one of its answer, is refused: all such would be one call")
    void withoutId() {
        var attributes = new HashMap<>(GOOD);
        var span = new Span("", "", null, null, false, new Attributes(attributes), List.of());
        assertThat(calls.of(span)).isInstanceOf(Told.Observed.class);
        attributes.remove("gen_ai.response.id");
        var nameless = new Span("", "", null, null, false, new Attributes(attributes), List.of());
        assertThat(calls.of(nameless))
                .isInstanceOfSatisfying(
                        Told.Refused.class,
                        refused -> assertThat(refused.why()).contains("has no id"));
        assertThat(Calls.idOf(new Attributes(attributes), "a trace", " ")).isNull();
    }

    private static Event flag(String key, String variant) {
        return new Event(
                "feature_flag",
                "4bf92f",
                "00f0",
                null,
                new Attributes(Map.of("feature_flag.key", key, "feature_flag.variant", variant)),
                Event.Scope.NONE);
    }

    private static Map<String, Object> with(String name, Object value) {
        var all = new HashMap<>(GOOD);
        all.put(name, value);
        return all;
    }

    private Seen seen(Map<String, Object> attributes) {
        var told = calls.of(span(attributes));
        assertThat(told).isInstanceOf(Told.Observed.class);
        var observed = (Told.Observed) told;
        assertThat(observed.rollout()).isEqualTo(ROLLOUT);
        return observed.seen();
    }

    private static Span span(Map<String, Object> attributes) {
        return span(attributes, false, NOW.minusSeconds(1), List.of());
    }

    private static Span span(
            Map<String, Object> attributes,
            boolean failed,
            @Nullable Instant end,
            List<Event> events) {
        return new Span(
                "4bf92f",
                "00f0",
                end == null ? null : end.minusSeconds(2),
                end,
                failed,
                new Attributes(attributes),
                events);
    }
}
