package dev.serin.server.audit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A deed for programs.
///
/// @param id grows with time; give the last one as `before` for those further back
/// @param proven whether the name was proven by a password, or only said
/// @param from the address that asked; null where the program acted by itself
/// @param refused why nothing came of it, null if it was done
@RegisterForReflection
record AuditJson(
        long id,
        Instant at,
        String who,
        boolean proven,
        @Nullable String from,
        String what,
        @Nullable String route,
        @Nullable UUID rollout,
        @Nullable String team,
        String comment,
        @Nullable String refused,
        @Nullable String before,
        @Nullable String after) {

    static AuditJson of(AuditRow row) {
        return new AuditJson(
                row.id,
                row.at,
                row.who,
                row.proven,
                row.address,
                row.what,
                row.route,
                row.rollout,
                row.team,
                row.comment,
                row.refused,
                row.before,
                row.after);
    }
}
