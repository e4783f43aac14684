package dev.serin.server.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Who may do something in a team.
@ApplicationScoped
public class Members {

    /// Somebody with roles that count in a team.
    ///
    /// @param roles in words: `operator and approver`
    /// @param given where these roles were given, in words
    /// @param isMachine whether it is a token
    public record Member(String name, String roles, String given, boolean isMachine) {}

    /// Accounts that may sign in, then tokens that hold, by name; a line for each team that gave them
    /// their roles.
    ///
    /// @param team a team's name, or [Grant#COMMON_TEAM]
    @Transactional
    public List<Member> of(String team) {
        var members = new ArrayList<Member>();
        for (var row : AccountRow.<AccountRow>list("disabledAt is null order by lower(name)")) {
            members.addAll(lines(row.name, row.grants, team));
        }
        for (var row : TokenRow.<TokenRow>list("expiresAt > current_timestamp order by name")) {
            var grant = new Grant(row.team, row.role);
            if (counts(grant, team)) {
                members.add(new Member(row.name, row.role.word(), given(grant.team()), true));
            }
        }
        return members;
    }

    /// Whether anybody was given a role in a team of this name.
    @Transactional
    public boolean anyIn(String team) {
        return AccountRow.teams().contains(team);
    }

    private static List<Member> lines(String name, Set<Grant> grants, String team) {
        return grants.stream()
                .filter(grant -> counts(grant, team))
                .collect(Collectors.groupingBy(Grant::team))
                .entrySet()
                .stream()
                .sorted(Comparator.comparing(entry -> entry.getKey()))
                .map(entry ->
                        new Member(
                                name,
                                entry.getValue().stream()
                                        .map(Grant::role)
                                        .sorted()
                                        .map(Role::word)
                                        .collect(Collectors.joining(" and ")),
                                given(entry.getKey()),
                                false))
                .toList();
    }

    private static boolean counts(Grant grant, String team) {
        return grant.isEverywhere() || grant.team().equals(team);
    }

    private static String given(String team) {
        return "in " + Person.team(team);
    }
}
