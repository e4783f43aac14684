package dev.serin.server.otlp;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One span, as far as it matters here.
///
/// @param traceId in hex
/// @param spanId in hex
/// @param start null where it is not said
/// @param end null where it is not said
/// @param failed whether its status is an error
/// @param attributes its own, and its resource's where it says nothing else
record Span(
        String traceId,
        String spanId,
        @Nullable Instant start,
        @Nullable Instant end,
        boolean failed,
        Attributes attributes,
        List<Event> events) {

    Span {
        events = List.copyOf(events);
    }
}
