package dev.serin.web.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which roles somebody has, in which teams; posts `grants` (as `operator search`), and `team` and `role`
/// for one team more.
///
/// @param team another team's name that was typed, or empty
/// @param role the role that was chosen for it
/// @param error what is wrong, in a sentence, or null
public record RolesForm(
        List<Team> teams, String team, String role, List<String> roles, @Nullable String error) {

    public RolesForm {
        teams = List.copyOf(teams);
        roles = List.copyOf(roles);
    }

    /// The roles of one team.
    ///
    /// @param says what the team is, or empty
    public record Team(String name, String says, List<Box> boxes) {

        public Team {
            boxes = List.copyOf(boxes);
        }
    }

    /// One role.
    ///
    /// @param value as it is posted
    public record Box(String value, String role, boolean checked) {}
}
