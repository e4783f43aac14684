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
        var random = ThreadLocalRandom.current();
        return "serin-" + new UUID(random.nextLong(), random.nextLong());
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
