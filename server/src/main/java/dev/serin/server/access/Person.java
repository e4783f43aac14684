package dev.serin.server.access;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An account, as an admin sees it.
///
/// @param invitedUntil when the link ends with which a password can be chosen; null without one
/// @param lastSeen the newest of its sessions, null without one
/// @param ofSettings whether its password and its role come from the settings of the server
record Person(
        String name,
        Set<Grant> grants,
        State state,
        @Nullable Instant invitedUntil,
        @Nullable Instant lastSeen,
        boolean ofSettings) {

    /// Whether it may sign in.
    enum State {
        /// Has no password yet.
        INVITED,
        ACTIVE,
        DISABLED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Roles in words: `operator and approver in everybody`.
    static String words(Set<Grant> grants) {
        if (grants.isEmpty()) {
            return "no role";
        }
        var byTeam =
                grants.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Grant::team,
                                        TreeMap::new,
                                        Collectors.mapping(
                                                Grant::role,
                                                Collectors.collectingAndThen(
                                                        Collectors.toList(), Person::roles))));
        return byTeam.entrySet().stream()
                .map(entry -> entry.getValue() + " in " + team(entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    /// A team in words.
    static String team(String team) {
        return team.equals(Grant.EVERY_TEAM) ? "every team" : team;
    }

    private static String roles(List<Role> roles) {
        return roles.stream()
                .sorted(Comparator.naturalOrder())
                .map(Role::word)
                .collect(Collectors.joining(" and "));
    }
}
