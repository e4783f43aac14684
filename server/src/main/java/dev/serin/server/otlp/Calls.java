package dev.serin.server.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serin.engine.judge.Call;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.evidence.ErrorTypes;
import dev.serin.server.evidence.Moment;
import dev.serin.server.evidence.Seen;
import dev.serin.server.evidence.SpanName;
import dev.serin.server.rollout.Serving;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes observations of the spans of calls.
///
/// @param routes who serves a route now
/// @param now when the spans came
record Calls(Function<String, Optional<Serving>> routes, Instant now) {

    /// A call whose clock is further ahead than this began when it came, less its length.
    private static final Duration AHEAD = Duration.ofSeconds(60);

    private static final int MOST_TEXT = 200;
    private static final double MILLIS = 1_000;

    /// Operations that ask a model. Agents and tools hold such calls, and would count them twice.
    private static final Set<String> OPERATIONS =
            Set.of("chat", "text_completion", "generate_content", "embeddings");

    Told of(Span span) {
        var flag = flag(span);
        var said = span.attributes().or(flag);
        var route = said.text("serin.route", "feature_flag.key");
        var named = said.text("serin.rollout");
        if (!isCall(span.attributes()) || (route == null && named == null)) {
            return new Told.Other();
        }
        var split = route == null ? null : routes.apply(route).map(Serving::split).orElse(null);
        UUID rollout;
        if (named != null) {
            rollout = id(named);
            if (rollout == null) {
                return new Told.Refused("serin.rollout: " + cut(named) + " is no id of a rollout");
            }
        } else if (split != null) {
            rollout = split.rollout();
        } else {
            return new Told.Other();
        }
        var of = route == null ? rollout.toString() : cut(route);
        var arm = arm(said, split);
        if (arm == null) {
            return new Told.Refused(
                    "a span of %s names no arm: set serin.arm or feature_flag.result.variant to baseline or candidate"
                            .formatted(of));
        }
        var error = said.text("error.type");
        if (error != null && ErrorTypes.saysNothing(error)) {
            return new Told.Other();
        }
        var seen = seen(span, said, arm, split);
        var why = refusal(span, seen.call(), of);
        return why == null ? new Told.Observed(rollout, seen) : new Told.Refused(why);
    }

    /// Why a call cannot be counted; null if it can.
    ///
    /// @param of what it is a call of
    private static @Nullable String refusal(Span span, Call call, String of) {
        if (idOf(span.attributes(), span.traceId(), span.spanId()) == null) {
            return "a span of %s has no id, so nobody can tell it from others: give it one, or gen_ai.response.id"
                    .formatted(of);
        }
        return beyond(call);
    }

    /// What a call tells that is too much to be summed up; null if nothing is.
    private static @Nullable String beyond(Call call) {
        if (isBeyond(call.costUsd())) {
            return "serin.cost_usd is more than %.0f".formatted(Call.MOST_NUMBER);
        }
        if (isBeyond(call.ttftMs())) {
            return "the time to the first chunk is more than %.0f ms; it is told in seconds"
                    .formatted(Call.MOST_NUMBER);
        }
        return isBeyond(call.latencyMs())
                ? "the span is longer than %.0f ms; its times are told in nanoseconds"
                        .formatted(Call.MOST_NUMBER)
                : null;
    }

    private static boolean isBeyond(@Nullable Double value) {
        return value != null && value > Call.MOST_NUMBER;
    }

    /// The name of a call: that of its answer, or else its span's; null if neither has one.
    static @Nullable String idOf(Attributes said, String traceId, String spanId) {
        var answer = said.text("gen_ai.response.id");
        if (answer != null) {
            return cut(answer);
        }
        return spanId.isBlank() ? null : nameOf(traceId, spanId);
    }

    /// A span's name among all others.
    static String nameOf(String traceId, String spanId) {
        return cut(traceId + "-" + spanId);
    }

    private Seen seen(Span span, Attributes said, Arm arm, Serving.@Nullable Split split) {
        var step = said.number("serin.step");
        return new Seen(
                idOf(span.attributes(), span.traceId(), span.spanId()),
                arm,
                began(span),
                step == null ? null : (Integer) (int) Math.min(step, Integer.MAX_VALUE),
                key(said, split),
                span.traceId().isBlank() ? null : cut(span.traceId()),
                false,
                isForced(said),
                Moment.ENDED,
                call(span, said),
                SpanName.parse(nameOf(span.traceId(), span.spanId())).orElse(null));
    }

    private static Call call(Span span, Attributes said) {
        var error = said.text("error.type");
        boolean failed = span.failed() || error != null;
        var first =
                said.number(
                        "gen_ai.response.time_to_first_chunk", "gen_ai.server.time_to_first_token");
        var tokens = said.number("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens");
        return new Call(
                failed,
                failed ? cut(ErrorTypes.classOf(error == null ? "" : error)) : null,
                latency(span),
                first == null ? null : (Double) Math.min(first * MILLIS, Double.MAX_VALUE),
                said.number("serin.cost_usd"),
                tokens == null ? null : (Long) Math.round(tokens),
                Map.of());
    }

    private static @Nullable Double latency(Span span) {
        var start = span.start();
        var end = span.end();
        if (start == null || end == null || end.isBefore(start)) {
            return null;
        }
        var length = Duration.between(start, end);
        return length.getSeconds() * MILLIS + length.getNano() / 1e6;
    }

    /// Null where nobody said, or where the clock that said it is ahead.
    private @Nullable Instant began(Span span) {
        var start = span.start();
        var end = span.end();
        return start == null || (end == null ? start : end).isAfter(now.plus(AHEAD)) ? null : start;
    }

    /// The span's own event tells of the flag where its attributes do not. Other flags may have been
    /// asked for the same call: only the route's own counts, as it was last told.
    private Attributes flag(Span span) {
        var route = span.attributes().text("serin.route", "feature_flag.key");
        var flags = span.events().stream().filter(Events::isFlag).map(Event::attributes).toList();
        return flags.reversed().stream()
                .filter(flag -> isOf(route, flag))
                .findFirst()
                .orElse(Attributes.NONE);
    }

    /// @param route null if the span does not name it
    private boolean isOf(@Nullable String route, Attributes flag) {
        var key = flag.text("feature_flag.key");
        return key != null && (route == null ? routes.apply(key).isPresent() : key.equals(route));
    }

    /// A flag whose rule matched the caller's attributes is one that the plan forces.
    private static boolean isForced(Attributes said) {
        var reason = said.text("feature_flag.result.reason", "feature_flag.evaluation.reason");
        return "true".equalsIgnoreCase(said.text("serin.forced"))
                || "targeting_match".equalsIgnoreCase(reason);
    }

    private static boolean isCall(Attributes said) {
        var operation = said.text("gen_ai.operation.name");
        return operation == null
                ? said.text("gen_ai.system", "gen_ai.provider.name") != null
                        && said.text("gen_ai.request.model") != null
                : OPERATIONS.contains(operation);
    }

    /// The arm that is said; else the one whose model was asked.
    private static @Nullable Arm arm(Attributes said, Serving.@Nullable Split split) {
        var arm = said.text("serin.arm", "feature_flag.result.variant", "feature_flag.variant");
        if (arm != null) {
            return switch (arm) {
                case "baseline" -> Arm.BASELINE;
                case "candidate" -> Arm.CANDIDATE;
                default -> null;
            };
        }
        var model = said.text("gen_ai.request.model");
        if (model == null || split == null) {
            return null;
        }
        boolean isBaseline = isSame(split.baseline(), model);
        boolean isCandidate = isSame(split.candidate(), model);
        if (isBaseline == isCandidate) {
            return null;
        }
        return isCandidate ? Arm.CANDIDATE : Arm.BASELINE;
    }

    /// `openai/gpt-4` is asked for as `gpt-4`.
    private static boolean isSame(String planned, String asked) {
        return planned.equals(asked) || planned.substring(planned.indexOf('/') + 1).equals(asked);
    }

    private static @Nullable String key(Attributes said, Serving.@Nullable Split split) {
        var key = said.text("serin.key", "feature_flag.context.id");
        if (key == null && split != null) {
            key =
                    switch (split.key()) {
                        case USER -> said.text("user.id", "enduser.id");
                        case CONVERSATION -> said.text("gen_ai.conversation.id", "session.id");
                        case TENANT -> said.text("tenant.id");
                        case REQUEST -> null;
                    };
        }
        return key == null ? null : cut(key);
    }

    private static @Nullable UUID id(String text) {
        try {
            var id = UUID.fromString(text);
            return id.toString().equalsIgnoreCase(text) ? id : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /// As long as a text may be that is stored, and of what can be: PostgreSQL stores no NUL, and half a
    /// surrogate pair is no character.
    static String cut(String text) {
        var clean = text.replace("\0", "");
        var most = clean.length() <= MOST_TEXT ? clean : clean.substring(0, MOST_TEXT);
        return new String(most.getBytes(UTF_8), UTF_8);
    }
}
