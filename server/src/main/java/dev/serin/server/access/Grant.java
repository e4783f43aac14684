package dev.serin.server.access;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/// One role in one team.
///
/// @param team a team's name, or [#EVERY_TEAM]
@Embeddable
public record Grant(String team, @Enumerated(EnumType.STRING) Role role) {

    /// Stands for all teams, also those that come later.
    public static final String EVERY_TEAM = "*";

    /// The team of what names none.
    public static final String COMMON_TEAM = "everybody";

    boolean covers(Role wanted, String inTeam) {
        return (team.equals(EVERY_TEAM) || team.equals(inTeam)) && role.includes(wanted);
    }
}
