package dev.serin.server.otlp;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that happened: an event of a span, or a log record that has a name.
///
/// @param traceId in hex; empty where it belongs to no span
/// @param spanId in hex; empty where it belongs to no span
/// @param at null where it is not said
/// @param scope name and version of the library that tells it
record Event(
        String name,
        String traceId,
        String spanId,
        @Nullable Instant at,
        Attributes attributes,
        Scope scope) {

    record Scope(String name, String version) {

        static final Scope NONE = new Scope("", "");
    }
}
