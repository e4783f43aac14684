package dev.serin.server.evidence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What was said of one call under one name.
///
/// @param judge who said it; null if nobody told
/// @param version of the judge; null if nobody told
/// @param at when it was said; null for the moment of receipt
public record Label(
        String name,
        Verdict verdict,
        @Nullable String judge,
        @Nullable String version,
        @Nullable Instant at) {}
