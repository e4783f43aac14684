package dev.serin.server.notice;

import dev.serin.server.access.Grant;
import dev.serin.server.access.Scope;
import dev.serin.server.outward.BadAddress;
import dev.serin.server.outward.Destination;
import dev.serin.server.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// Who wants to be told of what.
///
/// @param route the one to be told of; null for all
/// @param team whose routes to be told of, [Grant#COMMON_TEAM] for those of none; null for all
record Wanted(String address, Kind kind, @Nullable String route, @Nullable String team) {

    private static final int LONGEST = 200;

    /// Reads what somebody wrote; what is left out or blank is not said.
    ///
    /// @throws ProblemException that names the field
    static Wanted of(
            @Nullable String address,
            @Nullable String kind,
            @Nullable String route,
            @Nullable String team) {
        var place = clean("address", address, Integer.MAX_VALUE);
        if (place == null) {
            throw ProblemException.badField("address", "is missing; write https://… or mailto:…");
        }
        try {
            var destination = Destination.parse(place);
            return new Wanted(
                    destination.text(),
                    kind(clean("kind", kind, LONGEST), destination),
                    clean("route", route, LONGEST),
                    team(clean("team", team, LONGEST)));
        } catch (BadAddress e) {
            throw ProblemException.badField("address", String.valueOf(e.getMessage()));
        }
    }

    /// What of the address may be shown.
    String receiver() {
        return Destination.shown(address);
    }

    /// Such as `all routes`, `support-chat`, `routes of search` or `routes of no team`.
    String hears() {
        if (team == null) {
            return route == null ? "all routes" : route;
        }
        var whose = Scope.isNone(team) ? "no team" : team;
        return "%s of %s".formatted(route == null ? "routes" : route, whose);
    }

    private static @Nullable String team(@Nullable String name) {
        if (name == null || name.equals(Grant.EVERY_TEAM)) {
            return null;
        }
        return Grant.teamNamed(name)
                .orElseThrow(() -> ProblemException.badField("team", Grant.TEAM_RULE));
    }

    private static Kind kind(@Nullable String key, Destination destination) {
        if (key == null) {
            return Kind.of(destination);
        }
        return Kind.of(key)
                .filter(kind -> kind.suits(destination))
                .orElseThrow(() ->
                        ProblemException.badField(
                                "kind",
                                "is webhook or slack for https://…, email for mailto:…, got "
                                        + key));
    }

    private static @Nullable String clean(String field, @Nullable String text, int longest) {
        var clean = text == null ? "" : text.replace("\0", "").strip();
        if (clean.length() > longest) {
            throw ProblemException.badField(field, "has at most %d characters".formatted(longest));
        }
        return clean.isEmpty() ? null : clean;
    }
}
