package dev.serin.server.rollout;

import dev.serin.engine.judge.Track;
import dev.serin.engine.rollout.Phase;
import dev.serin.server.OneColumn;
import dev.serin.server.access.Scope;
import dev.serin.server.planfile.Known;
import dev.serin.server.source.Endpoints;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/// Which model serves which route now.
@ApplicationScoped
public class Routes {

    private final Session database;

    private final Endpoints endpoints;

    private final InstantSource clock;

    Routes(Session database, Endpoints endpoints, InstantSource clock) {
        this.database = database;
        this.endpoints = endpoints;
        this.clock = clock;
    }

    /// A route in the words of the API.
    ///
    /// @param since since when the model serves
    /// @param before the model that one press puts back; null if there never was another
    /// @param active the rollout under way; null if there is none
    /// @param team whose it is; null for everybody's
    @RegisterForReflection
    public record RouteJson(
            String name,
            String model,
            Instant since,
            @Nullable String before,
            @Nullable UUID active,
            @Nullable String candidate,
            double share,
            @Nullable String team) {}

    @Transactional
    public Optional<String> model(String route) {
        return RouteRow.named(route).map(row -> row.model);
    }

    /// The rollout that put `model` on the route; empty unless that serves it.
    @Transactional
    public Optional<UUID> promoter(String route, String model) {
        return model(route)
                .filter(model::equals)
                .flatMap(serving -> RolloutRow.thatPromoted(route, serving));
    }

    /// What is known of a route before a plan for it is read: its model, its traffic, and the labels
    /// and numbers that calls of its latest live rollouts carried. A route without any has seen none.
    @Transactional
    public Known known(String route) {
        return new Known(
                model(route).orElse(null),
                callsPerSecond(route).orElse(null),
                Set.copyOf(carried(route, Track.LABEL, "labels")),
                Set.copyOf(carried(route, Track.NUMBER, "numbers")),
                endpoints.names());
    }

    /// The same for somebody: of a route that they may not see nothing is known.
    @Transactional
    public Known known(String route, Scope sight) {
        boolean seen =
                sight.everywhere()
                        || RouteRow.owner(route).map(row -> sight.covers(row.team())).orElse(true);
        return seen ? known(route) : new Known(null, null, Set.of(), Set.of(), endpoints.names());
    }

    /// The calls that the route got in the last day of its latest live rollout; empty where that was
    /// shorter than a minute, or was told of no call of the baseline: then others answer calls, too. A
    /// candidate's calls at a share of 0 are copies.
    private Optional<Double> callsPerSecond(String route) {
        return OneColumn.of(
                        database,
                        """
                        with latest as (
                          select id, started_at, coalesce(ended_at, cast(:now as timestamptz)) as until
                          from rollout
                          where route = :route and replay_of is null and not simulated
                          order by started_at desc, id desc limit 10),
                        told as (
                          select r.id, r.until, greatest(min(s.at), r.until - interval '1 day') as since
                          from latest r join step_entered s on s.rollout = r.id
                          where exists (
                            select 1 from step_entered e join tally t on t.rollout = r.id
                              and t.step = e.step and t.arm = 0 and t.metric = 'calls' and t.n > 0
                            where e.rollout = r.id)
                          group by r.id, r.started_at, r.until
                          having r.until - min(s.at) >= interval '1 minute'
                          order by r.started_at desc, r.id desc limit 1)
                        select cast(sum(t.n) / extract(epoch from r.until - r.since) as float8) as rate
                        from told r join step_entered s on s.rollout = r.id
                        cross join (values (0), (1)) as a (arm)
                        join tally t on t.rollout = r.id and t.step = s.step and t.arm = a.arm
                          and t.metric = 'calls'
                          and t.bucket >= extract(epoch from r.since - s.at) / 10
                        where a.arm = 0 or s.share > 0
                        group by r.until, r.since
                        having sum(t.n) > 0\
                        """,
                        "rate",
                        Double.class)
                .setParameter("route", route)
                .setParameter("now", clock.instant())
                .getResultStream()
                .findFirst();
    }

    /// What a plan asked for is in its tallies; all else only in the calls themselves, of which a few
    /// that carry any are looked at.
    ///
    /// @param kind begins the keys of its tracks, in which its name stands behind the colon
    /// @param column of a call that has it by name
    private List<String> carried(String route, String kind, String column) {
        return OneColumn.of(
                        database,
                        """
                        with latest as (
                          select id, tracks from rollout
                          where route = :route and replay_of is null
                          order by started_at desc, id desc limit 10)
                        select substr(track, position(chr(58) in track) + 1) as name from latest r
                        cross join lateral unnest(r.tracks) as track
                        where track like :kind || '%%' and exists (
                          select 1 from step_entered s cross join (values (0), (1)) as a (arm)
                          join tally t on t.rollout = r.id and t.step = s.step and t.arm = a.arm
                            and t.metric = track and t.n > 0
                          where s.rollout = r.id)
                        union
                        select jsonb_object_keys(c.%1$s) from latest r
                        cross join lateral (
                          select %1$s from call
                          where call.rollout = r.id and %1$s is not null limit 200) c
                        where jsonb_typeof(c.%1$s) = 'object'\
                        """
                                .formatted(column),
                        "name",
                        String.class)
                .setParameter("route", route)
                .setParameter("kind", kind)
                .getResultList();
    }

    /// All routes by name.
    public List<RouteJson> all() {
        return all(Scope.EVERYWHERE);
    }

    /// Those that somebody may see, by name.
    @Transactional
    public List<RouteJson> all(Scope sight) {
        return database
                .createNativeQuery(
                        """
                        select t.name, t.model, t.since, r.id, b.model_before, t.team
                        from route t
                        left join rollout r on r.route = t.name and r.ended_at is null
                        left join lateral (
                          select e.plan #>> '{plan,baseline}' as model_before from rollout e
                          where e.route = t.name and e.ended_at is not null
                            and e.phase ->> 'is' = 'Complete' and e.replay_of is null
                            and e.plan #>> '{plan,candidate}' = t.model
                          order by e.ended_at desc limit 1) b on true
                        order by t.name\
                        """,
                        Object[].class)
                .getResultList()
                .stream()
                .filter(row -> sight.covers((String) row[5]))
                .map(this::route)
                .toList();
    }

    /// Who serves each route now; rollouts that have not changed are taken from `known`.
    @Transactional
    public Map<String, Serving> serving(Map<String, Serving> known) {
        var serving = new HashMap<String, Serving>();
        var changed = new HashMap<UUID, Serving>();
        for (var row :
                database.createNativeQuery(
                                """
                                select t.name, t.model, r.id, r.version, t.team from route t
                                left join rollout r on r.route = t.name and r.ended_at is null\
                                """,
                                Object[].class)
                        .getResultList()) {
            var route = (String) row[0];
            var model = (String) row[1];
            var team = (String) row[4];
            var id = (UUID) row[2];
            var before = known.get(route);
            var split = before == null ? null : before.split();
            if (id == null) {
                serving.put(route, new Serving(route, team, model, null));
            } else if (split != null
                    && split.rollout().equals(id)
                    && split.version() == (Long) row[3]) {
                serving.put(route, new Serving(route, team, model, split));
            } else {
                changed.put(id, new Serving(route, team, model, null));
            }
        }
        if (!changed.isEmpty()) {
            for (var row : RolloutRow.<RolloutRow>list("id in ?1", changed.keySet())) {
                var found = changed.get(row.id);
                if (found != null) {
                    // Before its first step a rollout takes part in nothing.
                    boolean begun = !(row.phase instanceof Phase.Waiting);
                    serving.put(row.route, begun ? found.with(Serving.Split.of(row)) : found);
                }
            }
        }
        return Map.copyOf(serving);
    }

    private RouteJson route(Object[] row) {
        var id = (UUID) row[3];
        var active = id == null ? null : RolloutRow.load(id);
        return new RouteJson(
                (String) row[0],
                (String) row[1],
                (Instant) row[2],
                (String) row[4],
                id,
                active == null ? null : active.enginePlan().candidate(),
                active == null ? 0 : active.rollout().share().fraction(),
                (String) row[5]);
    }
}
