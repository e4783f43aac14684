package dev.serin.server.source;

import dev.serin.server.provider.Secret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where a source answers.
///
/// @param base without a slash at its end
/// @param token null for one that asks for none
/// @param applicationKey Datadog's second key; null for others
/// @param timeout how long an answer is waited for
record Endpoint(
        String name,
        Wire wire,
        URI base,
        @Nullable Secret token,
        @Nullable Secret applicationKey,
        Duration timeout) {}
