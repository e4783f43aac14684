package dev.serin.server.access;

import dev.serin.web.settings.RolesForm;
import dev.serin.web.settings.RolesForm.Box;
import dev.serin.web.settings.RolesForm.Team;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads and writes the boxes by which roles are given.
final class RolesForms {

    private RolesForms() {}

    /// What was posted.
    ///
    /// @param grants those that were ticked
    /// @param team another team's name that was typed, or empty
    /// @param role the role that was chosen for it
    record Posted(Set<Grant> grants, String team, String role) {

        /// @param ticked such as `operator search`; what is none is left out
        static Posted of(@Nullable List<String> ticked, String team, String role) {
            var grants = new LinkedHashSet<Grant>();
            if (ticked != null) {
                ticked.forEach(text -> grant(text).ifPresent(grants::add));
            }
            return new Posted(grants, team.strip(), role);
        }

        /// What is wrong with the other team, if it is.
        Optional<String> wrong() {
            return team.isEmpty() || Grant.teamNamed(team).isPresent()
                    ? Optional.empty()
                    : Optional.of("This is no team’s name: " + Grant.TEAM_RULE + ".");
        }

        /// All together.
        Set<Grant> all() {
            var all = new LinkedHashSet<>(grants);
            if (!team.isEmpty()) {
                Role.of(role).ifPresent(chosen -> all.add(new Grant(team, chosen)));
            }
            return all;
        }

        private static Optional<Grant> grant(String text) {
            int space = text.indexOf(' ');
            if (space < 0) {
                return Optional.empty();
            }
            return Role.of(text.substring(0, space))
                    .flatMap(role ->
                            Grant.teamNamed(text.substring(space + 1))
                                    .map(team -> new Grant(team, role)));
        }
    }

    /// The boxes of all teams whose admin somebody is.
    ///
    /// @param known teams that there are
    static RolesForm of(
            Visitor admin, Collection<String> known, Posted posted, @Nullable String error) {
        var teams = new TreeSet<>(known);
        posted.grants().forEach(grant -> teams.add(grant.team()));
        teams.remove(Grant.COMMON_TEAM);
        teams.remove(Grant.EVERY_TEAM);
        var ordered = new LinkedHashSet<String>();
        ordered.add(Grant.COMMON_TEAM);
        ordered.addAll(teams);
        ordered.add(Grant.EVERY_TEAM);
        return new RolesForm(
                ordered.stream()
                        .filter(team -> admin.mayGive(new Grant(team, Role.ADMIN)))
                        .map(team -> team(team, posted.grants()))
                        .toList(),
                posted.team(),
                posted.role(),
                Arrays.stream(Role.values()).map(Role::word).toList(),
                error);
    }

    private static Team team(String team, Set<Grant> ticked) {
        var boxes =
                Arrays.stream(Role.values())
                        .map(role ->
                                new Box(
                                        role.word() + " " + team,
                                        role.word(),
                                        ticked.contains(new Grant(team, role))))
                        .toList();
        return new Team(
                Person.team(team),
                switch (team) {
                    case Grant.COMMON_TEAM -> "every team, and what names none";
                    case Grant.EVERY_TEAM -> "those that come later, too";
                    default -> "";
                },
                boxes);
    }
}
