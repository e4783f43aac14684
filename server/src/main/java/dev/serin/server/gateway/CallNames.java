package dev.serin.server.gateway;

import dev.serin.server.Bounded;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Names calls, so that each counts once and labels find it.
///
/// A call has its answer's `id`, which its client knows. Some servers give all answers the same one;
/// from the second on, such calls get a name of Serin's own, and no label finds them.
@Singleton
class CallNames {

    private static final int MOST = 100_000;

    private static final int LONGEST = 200;

    private record Name(UUID rollout, String answer) {}

    private final Map<Name, Boolean> given = Bounded.byAge(MOST);

    CallNames() {}

    /// @param answer the answer's id; null if it has none
    String of(UUID rollout, @Nullable String answer) {
        if (answer != null && isUsable(answer)) {
            synchronized (given) {
                if (given.putIfAbsent(new Name(rollout, answer), true) == null) {
                    return answer;
                }
            }
        }
        return own(System.currentTimeMillis());
    }

    /// One of Serin's own, which rise with time: new ones come last in the database's index, and change
    /// no page of each of its parts (a UUID of version 7, RFC 9562, 5.7).
    ///
    /// @param millis since 1970
    static String own(long millis) {
        var random = ThreadLocalRandom.current();
        long time = millis << 16 | 0x7000 | random.nextInt(1 << 12);
        return "serin-" + new UUID(time, 1L << 63 | random.nextLong() >>> 2);
    }

    /// Whether others can name it: of printed ASCII without blanks, and not too long.
    private static boolean isUsable(String answer) {
        for (int i = 0; i < answer.length(); i++) {
            if (answer.charAt(i) <= ' ' || answer.charAt(i) > '~') {
                return false;
            }
        }
        return !answer.isEmpty() && answer.length() <= LONGEST;
    }
}
