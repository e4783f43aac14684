package dev.serin.server.evidence;

import dev.serin.server.Bounded;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sees to it that a caller who calls without end does not speak for all: only a key's first calls
/// in a step and hour are judged.
///
/// **Given up:** the count is this replica's own, and begins anew with it.
final class Callers {

    private static final int MOST_KEYS = 200_000;
    private static final int MOST_LATE = 50_000;
    private static final long HOUR_SECONDS = 3_600;

    private record Hour(KeyRow key, long hour) {}

    private final int callsPerKey;
    private final Map<Hour, Integer> calls = Bounded.byUse(MOST_KEYS);

    /// Whether those are judged that were told while they ran.
    private final Map<CallRow.Name, Boolean> late = Bounded.byUse(MOST_LATE);

    Callers(int callsPerKey) {
        this.callsPerKey = callsPerKey;
    }

    /// Whether this call of the key is still judged. One that is told more than once takes one place.
    ///
    /// @param firstTold under which name it was first told while it ran; null if it never was
    boolean isJudged(KeyRow key, CallRow.@Nullable Name firstTold, Instant now) {
        return firstTold == null
                ? takesPlace(key, now)
                : late.computeIfAbsent(firstTold, _ -> takesPlace(key, now));
    }

    private boolean takesPlace(KeyRow key, Instant now) {
        var hour = new Hour(key, now.getEpochSecond() / HOUR_SECONDS);
        return calls.merge(hour, 1, Integer::sum) <= callsPerKey;
    }
}
