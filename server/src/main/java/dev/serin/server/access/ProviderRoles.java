package dev.serin.server.access;

import dev.serin.server.oidc.OidcConfig;
import dev.serin.server.problem.WrongUse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What the groups of a provider are worth here.
///
/// @param byGroup roles by the group that brings them
record ProviderRoles(Map<String, Set<Grant>> byGroup) {

    private static final String RULE =
            "write GROUP=ROLE TEAM, such as serin-admins=admin * or search=operator search";

    /// @throws WrongUse if the setting cannot be read
    static ProviderRoles of(OidcConfig config) {
        var byGroup = new TreeMap<String, Set<Grant>>();
        for (var line : config.roles().orElse(List.of())) {
            int equals = line.lastIndexOf('=');
            var parts = line.substring(equals + 1).strip().split("\\s+", -1);
            if (equals < 1 || parts.length != 2) {
                throw wrong(line, RULE);
            }
            var role = Role.of(parts[0]).orElseThrow(() -> wrong(line, RULE));
            var team = Grant.teamNamed(parts[1]).orElseThrow(() -> wrong(line, Grant.TEAM_RULE));
            byGroup.computeIfAbsent(line.substring(0, equals).strip(), _ -> new HashSet<>())
                    .add(new Grant(team, role));
        }
        if (!byGroup.isEmpty() && config.rolesClaim().filter(claim -> !claim.isBlank()).isEmpty()) {
            throw new WrongUse(
                    "SERIN_OIDC_ROLES says what groups are worth, and SERIN_OIDC_ROLES_CLAIM does not say"
                            + " which claim holds them; set it, such as groups");
        }
        return new ProviderRoles(byGroup);
    }

    /// What somebody in these groups may do.
    Set<Grant> of(Set<String> groups) {
        var grants = new HashSet<Grant>();
        groups.forEach(group -> grants.addAll(byGroup.getOrDefault(group, Set.of())));
        return grants;
    }

    private static WrongUse wrong(String line, String rule) {
        return new WrongUse(
                "SERIN_OIDC_ROLES cannot be read at %s: %s".formatted(line.strip(), rule));
    }
}
