package dev.serin.server.gateway;

import dev.serin.server.Bounded;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names calls, so that each counts once and labels find it.
///
/// A call has its answer's `id`, which its client knows. Some servers give all answers the same one;
/// from the second on, such calls get a name of Serin's own, and no label finds them.
@Singleton
class CallNames {

    private static final int MOST = 100_000;

    private static final Pattern USABLE = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private record Name(UUID rollout, String answer) {}

    private final Map<Name, Boolean> given = Bounded.byAge(MOST);

    CallNames() {}

    /// @param answer the answer's id; null if it has none
    String of(UUID rollout, @Nullable String answer) {
        if (answer != null && USABLE.matcher(answer).matches()) {
            synchronized (given) {
                if (given.putIfAbsent(new Name(rollout, answer), true) == null) {
                    return answer;
                }
            }
        }
        var random = ThreadLocalRandom.current();
        return "serin-" + new UUID(random.nextLong(), random.nextLong());
    }
}
