package dev.serin.server.gateway;

import dev.serin.engine.traffic.Arm;
import dev.serin.server.Bounded;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Which arm gave an answer on which a later question may build.
///
/// **Given up:** this server remembers its own answers and forgets them when it ends; on another one
/// the key decides, which is the same arm as long as the caller keeps it.
@Singleton
class Answered {

    private static final int MOST = 200_000;

    private record By(UUID rollout, Arm arm) {}

    private final Map<String, By> byAnswer = Bounded.byAge(MOST);

    Answered() {}

    void keep(String answer, UUID rollout, Arm arm) {
        synchronized (byAnswer) {
            byAnswer.put(answer, new By(rollout, arm));
        }
    }

    /// The arm that gave an answer in this rollout; empty if it is not known.
    Optional<Arm> arm(String answer, UUID rollout) {
        synchronized (byAnswer) {
            return Optional.ofNullable(byAnswer.get(answer))
                    .filter(by -> by.rollout().equals(rollout))
                    .map(By::arm);
        }
    }
}
