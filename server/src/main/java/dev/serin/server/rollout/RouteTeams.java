package dev.serin.server.rollout;

import dev.serin.server.access.Scope;
import dev.serin.server.audit.Audit;
import dev.serin.server.audit.Deed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/// Gives routes to teams. What was ever started on a route goes with it.
@ApplicationScoped
public class RouteTeams {

    private final Session database;
    private final Written written;
    private final Audit audit;
    private final InstantSource clock;

    RouteTeams(Session database, Written written, Audit audit, InstantSource clock) {
        this.database = database;
        this.written = written;
        this.audit = audit;
        this.clock = clock;
    }

    /// Gives a route to a team, with all its rollouts. The same team again changes nothing.
    ///
    /// @param team null for everybody
    /// @param by as the journal writes a name
    /// @throws NoSuchRoute if there is none of this name
    @Transactional
    public void give(String name, @Nullable String team, String by) {
        // The rollout before the route, as every decision does, so that none waits for the other.
        RolloutRow.activeOf(name).ifPresent(RolloutRow::lock);
        var route = RouteRow.locked(name).orElseThrow(() -> new NoSuchRoute(name));
        var before = route.team;
        if (Objects.equals(before, team)) {
            return;
        }
        route.team = team;
        giveAll("rollout", name, team);
        giveAll("notice", name, team);
        // One that began meanwhile is seen only now. Other freezes hold here, or none any more.
        RolloutRow.activeOf(name)
                .map(RolloutRow::lock)
                .filter(row -> row.endedAt == null)
                .ifPresent(row -> row.dueAt = clock.instant());
        audit.write(
                new Deed(
                        clock.instant(),
                        by,
                        "routeGiven",
                        new Deed.About(name, null, team),
                        "",
                        null,
                        "%s belongs to %s".formatted(name, Scope.words(before)),
                        "%s belongs to %s".formatted(name, Scope.words(team))));
        RolloutRow.newest("route = ?1", List.of(name), 1).forEach(row -> written.changed(row.id));
    }

    /// @param table whose rows have a route and its team
    private void giveAll(String table, String route, @Nullable String team) {
        database.createNativeMutationQuery(
                        "update %s set team = cast(:team as text) where route = :route"
                                .formatted(table))
                .setParameter("team", team)
                .setParameter("route", route)
                .executeUpdate();
    }
}
