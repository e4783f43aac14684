package dev.serin.server.access;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where somebody may do what a role is for: what every read and every list asks.
///
/// @param everywhere in every team, also those that come later
/// @param common what belongs to no team
/// @param teams the teams by name; of no account where it is everywhere
public record Scope(boolean everywhere, boolean common, Set<String> teams) {

    /// No bounds: what Serin does by itself.
    public static final Scope EVERYWHERE = new Scope(true, true, Set.of());

    public Scope {
        teams = everywhere ? Set.of() : Set.copyOf(teams);
    }

    /// Whether it holds what belongs to a team.
    ///
    /// @param team null, or [Grant#COMMON_TEAM], for what belongs to none
    public boolean covers(@Nullable String team) {
        return everywhere || (isNone(team) ? common : teams.contains(team));
    }

    /// Whether it holds anything at all.
    public boolean isSomewhere() {
        return everywhere || common || !teams.isEmpty();
    }

    /// The teams in order, for a query; of no use where it is everywhere.
    public List<String> names() {
        return teams.stream().sorted().toList();
    }

    /// Whether a text names no team of its own.
    public static boolean isNone(@Nullable String team) {
        return team == null || team.isEmpty() || team.equals(Grant.COMMON_TEAM);
    }

    /// A team as rows hold it: null for none.
    public static @Nullable String stored(@Nullable String team) {
        return isNone(team) ? null : team;
    }

    /// A team as people read it.
    public static String words(@Nullable String team) {
        return team == null || isNone(team) ? Grant.COMMON_TEAM : team;
    }
}
