package dev.serin.server.evidence;

import dev.serin.engine.judge.Call;
import dev.serin.engine.traffic.Arm;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One observation.
///
/// @param id the call's own name, under which it counts once and labels may follow; null if it has
///     none
/// @param at when the call began; null if nobody said, which means now less its latency
/// @param step index of the step in which its arm was assigned; null for the step in force at `at`
/// @param key who called, stored only as a salted hash; null if unknown
/// @param assigned whether Serin itself gave the key its arm
/// @param forced whether the plan forces the caller to the arm: counted apart, and never judged
/// @param moment at which the call was seen
/// @param span the name of the span that told of it, under which labels may follow as well; null if
///     none did
public record Seen(
        @Nullable String id,
        Arm arm,
        @Nullable Instant at,
        @Nullable Integer step,
        @Nullable String key,
        @Nullable String traceId,
        boolean assigned,
        boolean forced,
        Moment moment,
        Call call,
        @Nullable SpanName span) {

    /// One that no span told of.
    public Seen(
            @Nullable String id,
            Arm arm,
            @Nullable Instant at,
            @Nullable Integer step,
            @Nullable String key,
            @Nullable String traceId,
            boolean assigned,
            boolean forced,
            Moment moment,
            Call call) {
        this(id, arm, at, step, key, traceId, assigned, forced, moment, call, null);
    }

    /// One of a call that the split gave its arm.
    public Seen(
            @Nullable String id,
            Arm arm,
            @Nullable Instant at,
            @Nullable Integer step,
            @Nullable String key,
            @Nullable String traceId,
            boolean assigned,
            Call call) {
        this(id, arm, at, step, key, traceId, assigned, false, Moment.ENDED, call);
    }

    /// The same, begun at another time.
    public Seen at(Instant began) {
        return new Seen(id, arm, began, step, key, traceId, assigned, forced, moment, call, span);
    }

    /// The same, chosen to be labelled.
    Seen asChosen() {
        return new Seen(
                id, arm, at, step, key, traceId, assigned, forced, moment, call.asChosen(), span);
    }
}
