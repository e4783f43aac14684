package dev.serin.server.rollout;

import dev.serin.engine.plan.Plan;
import dev.serin.server.OneColumn;
import dev.serin.server.access.Scope;
import dev.serin.server.words.Story;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/// Reads routes with what happens and happened on them, by a fixed number of queries.
@ApplicationScoped
public class RouteStories {

    /// Routes on one page.
    public static final int PAGE = 50;

    /// Rollouts that a route's page shows.
    public static final int SHOWN = 12;

    /// Rollouts that wait for a person on a team's page.
    public static final int MOST_WAITING = 200;

    /// The newest plan that is no way back says what the route promises.
    private static final String ROUTES =
            """
            select t.name, t.model, t.since, b.model_before, b.promoter, a.id as active, l.id as last,
              p.id as newest,
              not exists (select 1 from rollout o
                where o.route = t.name and not o.simulated and o.replay_of is null) as pretended,
              t.team
            from route t
            left join rollout a on a.route = t.name and a.ended_at is null
            left join lateral (
              select e.id from rollout e
              where e.route = t.name and e.ended_at is not null and e.replay_of is null
              order by e.ended_at desc limit 1) l on true
            left join lateral (
              select e.id from rollout e
              where e.route = t.name and e.linked_to is null and e.replay_of is null
              order by e.started_at desc, e.id desc limit 1) p on true
            left join lateral (
              select e.id as promoter, e.plan #>> '{plan,baseline}' as model_before
              from rollout e
              where e.route = t.name and e.ended_at is not null and e.phase ->> 'is' = 'Complete'
                and e.replay_of is null and e.plan #>> '{plan,candidate}' = t.model
              order by e.ended_at desc limit 1) b on true
            """;

    private static final String ONE = ROUTES + "where t.name = :name";
    private static final String OF_TEAM =
            ROUTES + "where t.team = :name order by t.name limit " + (PAGE + 1);
    private static final String OF_NOBODY =
            ROUTES + "where t.team is null order by t.name limit " + (PAGE + 1);

    /// By the end and not by the beginning, which would look at all that ended long ago.
    private static final String FIRST =
            """
            with lately as materialized (
              select started_at from rollout
              where route = ?1 and simulated = ?2 and replay_of is null and ended_at is null
              union all
              select started_at from rollout
              where route = ?1 and simulated = ?2 and replay_of is null and ended_at >= ?3)
            select min(started_at) as first from lately\
            """;

    private final Session database;
    private final JournalLines lines;
    private final InstantSource clock;

    RouteStories(Session database, JournalLines lines, InstantSource clock) {
        this.database = database;
        this.lines = lines;
        this.clock = clock;
    }

    /// A route, and where it stands.
    ///
    /// @param before what one press puts back; null if there never was another model
    /// @param active null if nothing is under way
    /// @param last the last that ended; null if none has
    /// @param promises the plan whose objectives hold for it; null if there is none
    /// @param simulated whether all that it served was simulated
    /// @param team whose it is; null for everybody's
    public record Route(
            String name,
            String model,
            Instant since,
            @Nullable Before before,
            @Nullable Upgrade active,
            @Nullable Upgrade last,
            @Nullable Plan promises,
            boolean simulated,
            @Nullable String team) {}

    /// The model that served before.
    ///
    /// @param promoter the rollout that put another in its place
    public record Before(String model, UUID promoter) {}

    /// One rollout of a route.
    ///
    /// @param isWayBack whether it only put the model before back
    public record Upgrade(UUID id, Story story, boolean simulated, boolean isWayBack) {}

    /// Some routes by name.
    ///
    /// @param hasMore whether others come after the last
    public record Routes(List<Route> routes, boolean hasMore) {}

    /// What is under way on a team's routes.
    ///
    /// @param waiting those that wait for a person, at most [#MOST_WAITING]
    /// @param waits how many wait for a person
    /// @param moves how many wait for nobody
    public record UnderWay(List<Upgrade> waiting, int waits, int moves) {}

    /// A route with its newest rollouts, the newest first.
    ///
    /// @param hasMore whether it had others before
    /// @param first when the oldest rollout of the last while began; now if there is none
    public record Whole(Route route, List<Upgrade> newest, boolean hasMore, Instant first) {}

    /// Routes that somebody may see whose names come after this one, in order.
    @Transactional
    public Routes after(String name, Scope sight) {
        var query =
                database.createNativeQuery(
                                ROUTES
                                        + "where t.name > :name and %s order by t.name limit %d"
                                                .formatted(
                                                        Within.condition("t.team", sight),
                                                        PAGE + 1),
                                Object[].class)
                        .setParameter("name", name.replace("\0", ""));
        Within.bind(query, sight);
        return some(query.list());
    }

    /// The first routes of a team by name.
    ///
    /// @param team null for everybody's
    @Transactional
    public Routes of(@Nullable String team) {
        return some(
                team == null
                        ? database.createNativeQuery(OF_NOBODY, Object[].class).list()
                        : rows(OF_TEAM, team));
    }

    /// What is under way on all routes of a team, however many it has.
    ///
    /// @param team null for everybody's
    @Transactional
    public UnderWay underWay(@Nullable String team) {
        var values = new HashMap<String, Object>();
        var ofTeam = " and " + Within.ofTeam(values, team);
        var waiting =
                Within.newest(
                        database, Within.WAITS + ofTeam, values, Scope.EVERYWHERE, MOST_WAITING);
        var stories = stories(waiting);
        return new UnderWay(
                waiting.stream().map(row -> upgrade(row, stories)).toList(),
                Within.count(database, Within.WAITS + ofTeam, values, Scope.EVERYWHERE),
                Within.count(database, Within.MOVES + ofTeam, values, Scope.EVERYWHERE));
    }

    private Routes some(List<Object[]> found) {
        var shown = found.stream().limit(PAGE).toList();
        return new Routes(routes(shown, List.of()), found.size() > PAGE);
    }

    /// One route.
    ///
    /// @param since rollouts that ended before are long ago
    /// @throws NoSuchRoute if there is none of this name
    @Transactional
    public Whole one(String name, Instant since) {
        var found = rows(ONE, name);
        if (found.isEmpty()) {
            throw new NoSuchRoute(name);
        }
        var newest = RolloutRow.newest("route = ?1 and replayOf is null", List.of(name), SHOWN + 1);
        var shown = newest.stream().limit(SHOWN).toList();
        var stories = stories(shown);
        var route = routes(found, shown).getFirst();
        return new Whole(
                route,
                shown.stream().map(row -> upgrade(row, stories)).toList(),
                newest.size() > SHOWN,
                first(route, since));
    }

    private Instant first(Route route, Instant since) {
        return OneColumn.of(database, FIRST, "first", Instant.class)
                .setParameter(1, route.name())
                .setParameter(2, route.simulated())
                .setParameter(3, since)
                .uniqueResultOptional()
                .orElseGet(clock::instant);
    }

    private List<Object[]> rows(String sql, String name) {
        // PostgreSQL knows no text with a NUL.
        return name.contains("\0")
                ? List.of()
                : database.createNativeQuery(sql, Object[].class).setParameter("name", name).list();
    }

    /// @param known rows that were read already
    private List<Route> routes(List<Object[]> found, List<RolloutRow> known) {
        var ids =
                found.stream()
                        .flatMap(row -> Stream.of(row[5], row[6], row[7]))
                        .filter(Objects::nonNull)
                        .map(UUID.class::cast)
                        .distinct()
                        .toList();
        var rows = new HashMap<UUID, RolloutRow>();
        known.forEach(row -> rows.put(row.id, row));
        var missing = ids.stream().filter(id -> !rows.containsKey(id)).toList();
        if (!missing.isEmpty()) {
            RolloutRow.<RolloutRow>list("id in ?1", missing).forEach(row -> rows.put(row.id, row));
        }
        var stories = stories(ids.stream().map(rows::get).filter(Objects::nonNull).toList());
        return found.stream().map(row -> route(row, rows, stories)).toList();
    }

    private static Route route(Object[] row, Map<UUID, RolloutRow> rows, Map<UUID, Story> stories) {
        var newest = of(row[7], rows);
        return new Route(
                (String) row[0],
                (String) row[1],
                (Instant) row[2],
                row[4] instanceof UUID promoter ? new Before((String) row[3], promoter) : null,
                upgradeOf(of(row[5], rows), stories),
                upgradeOf(of(row[6], rows), stories),
                newest == null ? null : newest.enginePlan(),
                (Boolean) row[8] && (row[5] != null || row[6] != null),
                (String) row[9]);
    }

    private static @Nullable RolloutRow of(@Nullable Object id, Map<UUID, RolloutRow> rows) {
        return id instanceof UUID known ? rows.get(known) : null;
    }

    private Map<UUID, Story> stories(List<RolloutRow> rows) {
        var now = clock.instant();
        var journals = lines.of(rows.stream().map(row -> row.id).toList());
        return rows.stream()
                .map(row ->
                        Map.entry(row.id, row.story(journals.getOrDefault(row.id, List.of()), now)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, _) -> one));
    }

    private static @Nullable Upgrade upgradeOf(@Nullable RolloutRow row, Map<UUID, Story> stories) {
        return row == null ? null : upgrade(row, stories);
    }

    private static Upgrade upgrade(RolloutRow row, Map<UUID, Story> stories) {
        var story = Objects.requireNonNull(stories.get(row.id));
        return new Upgrade(row.id, story, row.simulated, row.linkedTo != null);
    }
}
