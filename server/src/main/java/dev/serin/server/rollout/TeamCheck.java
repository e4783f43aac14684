package dev.serin.server.rollout;

import dev.serin.server.access.Role;
import dev.serin.server.access.Scope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a plan may start on a route, as far as teams go. Starting takes no route from its team.
final class TeamCheck {

    private TeamCheck() {}

    /// Why not; empty where nothing is in the way.
    ///
    /// @param route null if this is its first plan
    static Optional<Begun.OfOtherTeam> refusal(Start start, RouteRow.@Nullable Owner route) {
        var named = start.team();
        var visitor = start.visitor();
        var name = start.plan().plan().route();
        if (route == null) {
            return visitor.may(Role.OPERATOR, named)
                    ? Optional.empty()
                    : Optional.of(missing(named, named, visitor.scope(Role.OPERATOR)));
        }
        var owner = route.team();
        if (!visitor.sight().covers(owner)) {
            return Optional.of(
                    taken(
                            named,
                            "%s is the route of another team; take another name for yours, or ask an admin of everybody to move the route"
                                    .formatted(name)));
        }
        if (named != null && !named.equals(owner)) {
            return Optional.of(
                    taken(
                            named,
                            "%s belongs to %s, got %s; %s, or ask an admin of everybody to move the route"
                                    .formatted(
                                            name,
                                            Scope.words(owner),
                                            named,
                                            owner == null
                                                    ? "leave team out"
                                                    : "write " + owner + " or leave it out")));
        }
        return visitor.may(Role.OPERATOR, owner)
                ? Optional.empty()
                : Optional.of(missing(named, owner, visitor.scope(Role.OPERATOR)));
    }

    private static Begun.OfOtherTeam taken(@Nullable String named, String why) {
        return new Begun.OfOtherTeam(named == null ? "" : named, why, true);
    }

    private static Begun.OfOtherTeam missing(
            @Nullable String named, @Nullable String owner, Scope may) {
        var why = "this needs the role operator in %s".formatted(Scope.words(owner));
        var mend =
                owner == null && !may.teams().isEmpty()
                        ? "%s; name a team of yours: %s"
                                .formatted(why, String.join(", ", may.names()))
                        : why + "; ask an admin for it";
        return new Begun.OfOtherTeam(named == null ? "" : named, mend, false);
    }
}
