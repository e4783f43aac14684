package dev.serin.server.evidence;

import dev.serin.server.Bounded;
import java.time.Instant;
import java.util.Map;

/// Sees to it that a caller who calls without end does not speak for all: only a key's first calls
/// in a step and hour are judged.
///
/// **Given up:** the count is this replica's own, and begins anew with it.
final class Callers {

    private static final int MOST_KEYS = 200_000;
    private static final long HOUR_SECONDS = 3_600;

    private record Hour(KeyRow key, long hour) {}

    private final int callsPerKey;
    private final Map<Hour, Integer> calls = Bounded.byUse(MOST_KEYS);

    Callers(int callsPerKey) {
        this.callsPerKey = callsPerKey;
    }

    /// Whether this call of the key is still judged.
    boolean isJudged(KeyRow key, Instant now) {
        var hour = new Hour(key, now.getEpochSecond() / HOUR_SECONDS);
        return calls.merge(hour, 1, Integer::sum) <= callsPerKey;
    }
}
