package dev.serin.server.rollout;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/// Which model serves which route now.
@ApplicationScoped
public class Routes {

    private final Session database;

    Routes(Session database) {
        this.database = database;
    }

    /// A route in the words of the API.
    ///
    /// @param since since when the model serves
    /// @param before the model that one press puts back; null if there never was another
    /// @param active the rollout under way; null if there is none
    @RegisterForReflection
    public record RouteJson(
            String name,
            String model,
            Instant since,
            @Nullable String before,
            @Nullable UUID active,
            @Nullable String candidate,
            double share) {}

    @Transactional
    public Optional<String> model(String route) {
        return RouteRow.named(route).map(row -> row.model);
    }

    /// All routes by name.
    @Transactional
    public List<RouteJson> all() {
        return database
                .createNativeQuery(
                        """
                        select t.name, t.model, t.since, r.id, b.model_before
                        from route t
                        left join rollout r on r.route = t.name and r.ended_at is null
                        left join lateral (
                          select e.plan #>> '{plan,baseline}' as model_before from rollout e
                          where e.route = t.name and e.phase ->> 'is' = 'Complete'
                            and e.replay_of is null
                            and e.plan #>> '{plan,candidate}' = t.model
                          order by e.ended_at desc limit 1) b on true
                        order by t.name\
                        """,
                        Object[].class)
                .getResultList()
                .stream()
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
                                select t.name, t.model, r.id, r.version from route t
                                left join rollout r on r.route = t.name and r.ended_at is null\
                                """,
                                Object[].class)
                        .getResultList()) {
            var route = (String) row[0];
            var model = (String) row[1];
            var id = (UUID) row[2];
            var before = known.get(route);
            var split = before == null ? null : before.split();
            if (id == null) {
                serving.put(route, new Serving(route, model, null));
            } else if (split != null
                    && split.rollout().equals(id)
                    && split.version() == (Long) row[3]) {
                serving.put(route, new Serving(route, model, split));
            } else {
                changed.put(id, new Serving(route, model, null));
            }
        }
        if (!changed.isEmpty()) {
            for (var row : RolloutRow.<RolloutRow>list("id in ?1", changed.keySet())) {
                var model = changed.getOrDefault(row.id, new Serving(row.route, "", null)).model();
                serving.put(row.route, new Serving(row.route, model, Serving.Split.of(row)));
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
                active == null ? 0 : active.rollout().share().fraction());
    }
}
