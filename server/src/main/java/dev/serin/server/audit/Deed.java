package dev.serin.server.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that somebody did, or tried to do.
///
/// @param by as the journal writes it: `ada`, or `Mira (said)` where nobody proved it
/// @param what in camelCase, such as `approve`
/// @param about what it was done to
/// @param comment what they said with it; empty if nothing
/// @param refused why nothing came of it, null if it was done
/// @param before what held before, null if there was nothing
/// @param after what holds now, null if there is nothing
public record Deed(
        Instant at,
        String by,
        String what,
        About about,
        String comment,
        @Nullable String refused,
        @Nullable String before,
        @Nullable String after) {

    /// What a deed was done to; each part may be missing.
    public record About(@Nullable String route, @Nullable UUID rollout, @Nullable String team) {

        public static final About NOTHING = new About(null, null, null);
    }
}
