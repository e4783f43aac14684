package dev.serin.server.otlp;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Times as OpenTelemetry writes them: nanoseconds since 1970, 0 for unknown.
final class Nanos {

    private static final long BY_SECOND = 1_000_000_000;

    private Nanos() {}

    /// To the microsecond, as PostgreSQL keeps it; null for 0.
    static @Nullable Instant instant(long unsigned) {
        return unsigned == 0
                ? null
                : Instant.ofEpochSecond(
                                Long.divideUnsigned(unsigned, BY_SECOND),
                                Long.remainderUnsigned(unsigned, BY_SECOND))
                        .truncatedTo(ChronoUnit.MICROS);
    }
}
