package dev.serin.server.source;

import java.time.Duration;
import java.time.Instant;

/// The stretch of time that a question is about.
///
/// @param from inclusive; when the counter was last read
/// @param to exclusive
/// @param every how often the source is asked
record Span(Instant from, Instant to, Duration every) {

    /// Older than two polls is stale; a poll may come a little late.
    static final Duration LATE = Duration.ofSeconds(5);

    boolean isEmpty() {
        return !from.isBefore(to);
    }

    /// Longer than this without a reading, and nobody knows what happened meanwhile.
    static Duration stale(Duration every) {
        return every.multipliedBy(2).plus(LATE);
    }
}
