package dev.serin.server.notice;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How long a receiver that failed is left alone.
final class Patience {

    private static final List<Duration> RESTS =
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1),
                    Duration.ofHours(3),
                    Duration.ofHours(6));

    private Patience() {}

    /// How long to wait before the next try.
    ///
    /// @param tries that failed, 1 or more
    /// @return empty when nobody should try any more
    static Optional<Duration> after(int tries) {
        return tries > RESTS.size() ? Optional.empty() : Optional.of(RESTS.get(tries - 1));
    }
}
