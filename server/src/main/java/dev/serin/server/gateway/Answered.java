package dev.serin.server.gateway;

import dev.serin.engine.traffic.Arm;
import dev.serin.server.Bounded;
import dev.serin.server.rollout.Serving;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/// Which model gave an answer on which a later question may build: a conversation may be older than the
/// rollout.
///
/// **Given up:** this server remembers its own answers and forgets them when it ends; on another one
/// the key decides, and a candidate that refuses such a question is not blamed for it.
@Singleton
class Answered {

    private static final int MOST = 200_000;

    private record By(String route, String model) {}

    private final Map<String, By> byAnswer = Bounded.byAge(MOST);

    Answered() {}

    /// @param model with its provider's name
    void keep(String answer, String route, String model) {
        synchronized (byAnswer) {
            byAnswer.put(answer, new By(route, model));
        }
    }

    /// The arm whose model gave an answer of a route; empty if it is not known, or serves no more.
    Optional<Arm> arm(String answer, String route, Serving.Split split) {
        By by;
        synchronized (byAnswer) {
            by = byAnswer.get(answer);
        }
        if (by == null || !by.route().equals(route)) {
            return Optional.empty();
        }
        if (by.model().equals(split.baseline())) {
            return Optional.of(Arm.BASELINE);
        }
        return by.model().equals(split.candidate()) ? Optional.of(Arm.CANDIDATE) : Optional.empty();
    }
}
