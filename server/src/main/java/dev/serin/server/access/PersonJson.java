package dev.serin.server.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An account, as the API tells of it.
///
/// @param state `invited`, `active` or `disabled`
/// @param invitedUntil when the link ends, null without one
/// @param lastSeen of its open sessions, to the minute; null without one
/// @param invitation the link's address, only in the answer to the request that made it
@RegisterForReflection
record PersonJson(
        String name,
        List<RoleJson> roles,
        String state,
        @Nullable Instant invitedUntil,
        @Nullable Instant lastSeen,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String invitation) {

    /// One role in one team.
    ///
    /// @param team a team's name, `everybody` or `*`
    @RegisterForReflection
    record RoleJson(String team, String role) {}

    static PersonJson of(Person person, @Nullable String link) {
        return new PersonJson(
                person.name(),
                person.grants().stream()
                        .sorted(Comparator.comparing(Grant::team).thenComparing(Grant::role))
                        .map(grant -> new RoleJson(grant.team(), grant.role().word()))
                        .toList(),
                person.state().word(),
                person.invitedUntil(),
                person.lastSeen(),
                link);
    }
}
