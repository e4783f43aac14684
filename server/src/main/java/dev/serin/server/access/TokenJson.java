package dev.serin.server.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A token of a machine, as the API tells of it.
///
/// @param token its text, only in the answer to the request that made it
/// @param lastUsed to the minute, null if never
@RegisterForReflection
public record TokenJson(
        String name,
        String role,
        String team,
        Instant expiresAt,
        String madeBy,
        Instant madeAt,
        @Nullable Instant lastUsed,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token) {

    static TokenJson of(TokenRow row, @Nullable String text) {
        return new TokenJson(
                row.name,
                row.role.word(),
                row.team,
                row.expiresAt,
                row.madeBy,
                row.madeAt,
                row.lastUsed,
                text);
    }
}
