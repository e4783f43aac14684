package dev.serin.server.access;

import dev.serin.server.problem.ProblemException;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One role in one team.
///
/// @param team a team's name, or [#EVERY_TEAM]
@Embeddable
public record Grant(String team, @Enumerated(EnumType.STRING) Role role) {

    /// Stands for all teams, also those that come later.
    public static final String EVERY_TEAM = "*";

    /// The team of what names none. A role in it counts in every team.
    public static final String COMMON_TEAM = "everybody";

    /// What a team's name is to be, for whoever wrote another.
    public static final String TEAM_RULE =
            "a team has 1 to 40 of a-z, 0-9 and '-', like search; '*' is every team";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    /// The team that a text names, as rows of routes hold it: null for everybody.
    ///
    /// @throws ProblemException if it is no team's name
    public static @Nullable String ofRoute(String text) {
        var team = text.strip();
        if (team.equals(EVERY_TEAM) || teamNamed(team).isEmpty()) {
            throw ProblemException.badField(
                    "team",
                    "is 1 to 40 of a-z, 0-9 and '-', or everybody for no team; got "
                            + (team.length() > 80 ? team.substring(0, 80) : team));
        }
        return Scope.stored(team);
    }

    /// The team that a text names; empty if it is no team's name.
    public static Optional<String> teamNamed(String text) {
        return text.equals(EVERY_TEAM) || NAME.matcher(text).matches()
                ? Optional.of(text)
                : Optional.empty();
    }

    /// Whether it counts in every team.
    boolean isEverywhere() {
        return team.equals(EVERY_TEAM) || team.equals(COMMON_TEAM);
    }
}
