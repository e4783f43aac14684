package dev.serin.server.evidence;

import dev.serin.engine.judge.Call;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Quantity;
import dev.serin.engine.judge.Track;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An observation that is to be stored.
///
/// @param id the call's own name, or one made for it if it is worth keeping without one; null if
///     it is only summed up
/// @param key null if it is unknown
record Placed(
        Watched rollout,
        Place place,
        Instant at,
        @Nullable String id,
        @Nullable KeyRow key,
        Seen seen) {

    /// Classes of failures that are the caller's own: they say nothing about a model.
    private static final Set<String> CALLERS_FAULT =
            Set.of("400", "401", "403", "404", "413", "422");

    static final String QUOTA = "insufficient_quota";

    Call call() {
        return seen.call();
    }

    /// Whether the plan forces its caller to the arm: it is no part of the split.
    boolean isForced() {
        return seen.forced();
    }

    static boolean isCallersFault(Call call) {
        return Boolean.TRUE.equals(call.error())
                && call.errorClass() != null
                && CALLERS_FAULT.contains(call.errorClass());
    }

    /// Whether the provider refused the call because the account is used up: that says nothing
    /// about the model either, but it pauses.
    boolean isOutOfQuota() {
        return Boolean.TRUE.equals(call().error()) && QUOTA.equals(call().errorClass());
    }

    /// Its own name among all rollouts; null if it has none.
    CallRow.@Nullable Name name() {
        return id == null ? null : new CallRow.Name(place.rollout(), id);
    }

    /// Its key's hash, in hex; null if the key is unknown.
    @Nullable String keyHash() {
        return key == null ? null : key.hash();
    }

    /// The labels that came with it.
    ///
    /// @param isJudged whether they count
    CallLabels labels(boolean isJudged) {
        return CallLabels.brought(call(), at, isJudged);
    }

    /// Whether it still runs.
    boolean isRunning() {
        return seen.moment() instanceof Moment.Running;
    }

    /// The track of the limit that it has passed while it runs; null if there is none.
    Track.@Nullable Reaches late() {
        if (isForced() || !(seen.moment() instanceof Moment.Running(double limitMs, _))) {
            return null;
        }
        var track = new Track.Reaches(Quantity.LATENCY_MS, limitMs);
        return rollout.tracks().contains(track) ? track : null;
    }

    /// The name under which it was first told while it runs, or ran; null if it never was.
    CallRow.@Nullable Name firstTold() {
        return switch (seen.moment()) {
            case Moment.Running(_, var first) -> new CallRow.Name(place.rollout(), first);
            case Moment.Ended(var told) ->
                    told.isEmpty() ? null : new CallRow.Name(place.rollout(), told.getFirst());
        };
    }

    /// Whether labels that come later count: where the plan chooses, those of chosen calls.
    boolean countsLabels() {
        return isRunning() || call().chosen() || rollout.labels() == null;
    }

    /// Whether a label that it was chosen for is missing.
    boolean waits() {
        return call().chosen() && !labels(true).missing(rollout.wanted()).isEmpty();
    }

    /// The tracks that count the call as bad; none count one that was forced.
    List<String> bad() {
        var bad = new ArrayList<String>();
        var late = late();
        if (late != null) {
            bad.add(late.key());
        }
        if (isForced() || isRunning()) {
            return bad;
        }
        for (var track : rollout.tracks()) {
            if (isBad(track)) {
                bad.add(track.key());
            }
        }
        return bad;
    }

    private boolean isBad(Track track) {
        return switch (track) {
            case Track.Marked(String mark) ->
                    Boolean.TRUE.equals(
                            mark.equals(Metric.Rate.ERROR)
                                    ? call().error()
                                    : call().labels().get(mark));
            case Track.Reaches(var of, double limit) -> {
                var value = call().measure(of);
                yield value != null && value >= limit;
            }
            case Track.Calls _,
                    Track.Score _,
                    Track.Chosen _,
                    Track.Spread _,
                    Track.Sum _,
                    Track.CostWithFailures _,
                    Track.Keys _,
                    Track.Spent _,
                    Track.Failures _ ->
                    false;
        };
    }
}
