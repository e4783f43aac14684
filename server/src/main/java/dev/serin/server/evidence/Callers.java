package dev.serin.server.evidence;

import dev.serin.server.Bounded;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sees to it that a caller who calls without end does not speak for all: only a key's first calls
/// in a step and hour are judged. And it knows which keys are stored, so that they need not be again.
///
/// Groups that are stored at the same time do not see each other, so that a few calls more may be judged of
/// a key that comes in several of them.
///
/// **Given up:** the count is this replica's own, and begins anew with it.
final class Callers {

    private static final int MOST_KEYS = 200_000;
    private static final int MOST_LATE = 50_000;
    private static final long HOUR_SECONDS = 3_600;
    private static final Judged NONE = new Judged(0, 0);

    /// How many calls of a key were judged in its last hour.
    private record Judged(long hour, int calls) {

        Judged plus(Judged later) {
            return hour == later.hour ? new Judged(hour, calls + later.calls) : later;
        }
    }

    private final int callsPerKey;
    private final Map<KeyRow, Judged> stored = Bounded.byUse(MOST_KEYS);

    /// Whether those are judged that were told while they ran.
    private final Map<CallRow.Name, Boolean> late = Bounded.byUse(MOST_LATE);

    Callers(int callsPerKey) {
        this.callsPerKey = callsPerKey;
    }

    Round begin(Instant now) {
        return new Round(now.getEpochSecond() / HOUR_SECONDS);
    }

    private synchronized boolean isStored(KeyRow key) {
        return stored.containsKey(key);
    }

    private synchronized int judgedIn(long hour, KeyRow key) {
        var judged = stored.getOrDefault(key, NONE);
        return judged.hour == hour ? judged.calls : 0;
    }

    private synchronized @Nullable Boolean late(CallRow.Name firstTold) {
        return late.get(firstTold);
    }

    private synchronized void keep(Round round, Collection<KeyRow> keys) {
        keys.forEach(key -> stored.putIfAbsent(key, NONE));
        round.judged.forEach((key, count) ->
                stored.merge(key, new Judged(round.hour, count.here), Judged::plus));
        late.putAll(round.late);
    }

    /// What one group of calls adds; it is as if it had never been, unless it is kept.
    final class Round {

        private static final class Count {

            private final int before;
            private int here;

            Count(int before) {
                this.before = before;
            }
        }

        private final long hour;
        private final Map<KeyRow, Count> judged = new HashMap<>();
        private final Map<CallRow.Name, Boolean> late = new HashMap<>();

        private Round(long hour) {
            this.hour = hour;
        }

        /// Whether a key is known to be stored.
        boolean isStored(KeyRow key) {
            return Callers.this.isStored(key);
        }

        /// Whether this call of the key is still judged. One that is told more than once takes one
        /// place.
        ///
        /// @param firstTold under which name it was first told while it ran; null if it never was
        boolean isJudged(KeyRow key, CallRow.@Nullable Name firstTold) {
            if (firstTold == null) {
                return takesPlace(key);
            }
            var known = Callers.this.late(firstTold);
            return known == null ? late.computeIfAbsent(firstTold, _ -> takesPlace(key)) : known;
        }

        /// Keeps it, once it is committed.
        ///
        /// @param keys that are stored now
        void keep(Collection<KeyRow> keys) {
            Callers.this.keep(this, keys);
        }

        private boolean takesPlace(KeyRow key) {
            var count = judged.computeIfAbsent(key, _ -> new Count(judgedIn(hour, key)));
            count.here++;
            return count.before + count.here <= callsPerKey;
        }
    }
}
