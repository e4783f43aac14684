package dev.serin.server.access;

import dev.serin.server.Bounded;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/// Counts by address the sign-ins by a provider that were begun and have not come back, so that a stranger
/// who begins many takes the place of nobody elsewhere.
@Singleton
class Attempts {

    /// How long somebody may take at the provider.
    static final Duration LIFETIME = Duration.ofMinutes(10);

    /// Enough for an office behind one address.
    private static final int MOST_OF_ONE = 30;

    private static final int MOST_ADDRESSES = 10_000;

    private final InstantSource clock;
    private final Map<String, Deque<Instant>> begunBy = Bounded.byUse(MOST_ADDRESSES);

    Attempts(InstantSource clock) {
        this.clock = clock;
    }

    /// Counts one more, unless the address has too many.
    synchronized boolean begin(String address) {
        var begun = begunBy.computeIfAbsent(address, _ -> new ArrayDeque<>());
        var now = clock.instant();
        begun.removeIf(at -> !at.plus(LIFETIME).isAfter(now));
        return begun.size() < MOST_OF_ONE && begun.add(now);
    }

    /// Forgets one that has come back.
    synchronized void end(String address) {
        var begun = begunBy.get(address);
        if (begun != null) {
            begun.poll();
        }
    }
}
