package dev.serin.server.gateway;

import dev.serin.engine.judge.Call;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.evidence.Moment;
import dev.serin.server.evidence.Seen;
import dev.serin.server.provider.Prices;
import dev.serin.server.rollout.Serving;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes observations of one call.
///
/// Only the arm that the split gave is observed: the baseline that answers in the candidate's place
/// does so on calls that were chosen by a failure.
final class Sighting {

    private final Outbox outbox;
    private final Prices prices;
    private final CallNames names;
    private final Serving.@Nullable Split split;
    private final Arm arm;
    private final @Nullable String key;
    private final boolean forced;
    private final @Nullable String traceId;

    /// Under which names it was told that the call was late.
    private final List<String> told = new ArrayList<>(0);

    /// What the candidate refused, or could not even be asked, until the baseline has been asked the
    /// same.
    private @Nullable Refused refused;

    /// It builds on an answer that nobody here remembers.
    private boolean astray;

    private @Nullable String name;

    /// @param began when, in monotonic nanoseconds
    /// @param answer what it is called; null if it is not
    private record Refused(long began, @Nullable String answer, Call call) {}

    /// @param split null if the call is no part of a split, and so no evidence
    /// @param arm that the split gave
    /// @param key of the caller; null if it lasts for this call only
    /// @param forced whether the plan forces the caller to the arm
    Sighting(
            Outbox outbox,
            Prices prices,
            CallNames names,
            Serving.@Nullable Split split,
            Arm arm,
            @Nullable String key,
            boolean forced,
            @Nullable String traceId) {
        this.outbox = outbox;
        this.prices = prices;
        this.names = names;
        this.split = split;
        this.arm = arm;
        this.key = key;
        this.forced = forced;
        this.traceId = traceId;
    }

    /// The name under which the call was last seen to end; null if it was not, or is no evidence.
    @Nullable String name() {
        return name;
    }

    /// Only the arm that gave the answer on which it builds can go on with it, and nobody knows which:
    /// that the candidate refuses it tells nothing.
    void isAstray() {
        astray = true;
    }

    /// An attempt has ended.
    ///
    /// @param fault null if its answer is good
    void ended(Attempt attempt, @Nullable Fault fault) {
        var before = refused;
        if (attempt.arm() != arm) {
            // Both arms refuse what the caller got wrong; where the baseline answers, the candidate
            // alone could not.
            if (before != null && fault == null) {
                add(before.began(), before.answer(), before.call());
            }
        } else if (fault == null) {
            add(attempt, success(attempt));
        } else if (!fault.isMaybeCallers()) {
            add(attempt, failure(attempt, fault));
        } else if (arm == Arm.CANDIDATE && !astray) {
            refused = new Refused(attempt.began(), attempt.facts().id(), failure(attempt, fault));
        }
    }

    /// A call still runs and has passed a latency limit of the plan, which counts at once.
    void late(Attempt attempt, double limitMs) {
        if (attempt.arm() == arm && split != null && !forced) {
            var name = names.of(split.rollout(), null);
            told.add(name);
            add(
                    attempt.began(),
                    name,
                    new Moment.Running(limitMs, told.getFirst()),
                    new Call(null, null, limitMs, null, null, null, Map.of()));
        }
    }

    /// The arm could not even be asked.
    void unasked(Arm failed, Fault fault) {
        if (failed != arm) {
            return;
        }
        long now = System.nanoTime();
        var call = new Call(true, fault.errorClass(), null, null, null, null, Map.of());
        if (!fault.isMaybeCallers()) {
            add(now, null, call);
        } else if (arm == Arm.CANDIDATE) {
            refused = new Refused(now, null, call);
        }
    }

    /// The client has gone. That is nobody's failure; it counts as exposure alone.
    void left(Attempt attempt) {
        if (attempt.arm() == arm) {
            add(attempt, new Call(null, null, null, null, cost(attempt), null, Map.of()));
        }
    }

    private Call success(Attempt attempt) {
        var usage = attempt.facts().usage();
        return new Call(
                false,
                null,
                attempt.latencyMs(),
                attempt.firstWordMs(),
                cost(attempt),
                usage == null ? null : (Long) usage.out(),
                Map.of());
    }

    private Call failure(Attempt attempt, Fault fault) {
        return new Call(
                true, fault.errorClass(), attempt.latencyMs(), null, cost(attempt), null, Map.of());
    }

    /// What an attempt cost in USD; null if nobody knows.
    @Nullable Double cost(Attempt attempt) {
        var usage = attempt.facts().usage();
        return usage == null
                ? null
                : prices.of(attempt.model().full()).map(price -> price.of(usage)).orElse(null);
    }

    private void add(Attempt attempt, Call call) {
        add(attempt.began(), attempt.facts().id(), call);
    }

    private void add(long began, @Nullable String answer, Call call) {
        if (split != null) {
            var given = names.of(split.rollout(), answer);
            name = given;
            add(began, given, told.isEmpty() ? Moment.ENDED : new Moment.Ended(told), call);
        }
    }

    private void add(long began, String name, Moment moment, Call call) {
        if (split == null) {
            return;
        }
        var seen =
                new Seen(name, arm, null, split.step(), key, traceId, false, forced, moment, call);
        outbox.add(new Outbox.Entry(split.rollout(), began, seen));
    }
}
