package dev.serin.server.rollout;

import dev.serin.server.OneColumn;
import dev.serin.server.access.Scope;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/// Reads the newest rollouts where somebody may look.
///
/// Those of each team are found by its index, so that who sees little reads little; who sees
/// everything is asked for no team.
final class Within {

    /// About the row `r`: active, and waiting for a person.
    static final String WAITS = "r.ended_at is null and " + asks();

    /// About the row `r`: active, and waiting for nobody.
    static final String MOVES = "r.ended_at is null and not " + asks();

    private static final String NEWEST_FIRST = " order by r.started_at desc, r.id desc";

    private Within() {}

    /// The newest first, at most so many.
    ///
    /// @param where about the row `r`, with the names of `values`
    static List<RolloutRow> newest(
            Session database, String where, Map<String, Object> values, Scope sight, int atMost) {
        var sql =
                sight.everywhere()
                        ? "select r.* from rollout r where " + where
                        : some(where, atMost);
        var query = database.createNativeQuery(sql + NEWEST_FIRST, RolloutRow.class);
        values.forEach(query::setParameter);
        bind(query, sight);
        return query.setMaxResults(atMost).getResultList();
    }

    /// How many there are where somebody may look.
    ///
    /// @param where about the row `r`, with the names of `values`
    static int count(Session database, String where, Map<String, Object> values, Scope sight) {
        var query =
                OneColumn.of(
                        database,
                        "select cast(count(*) as int) as n from rollout r where %s and %s"
                                .formatted(where, condition("r.team", sight)),
                        "n",
                        Integer.class);
        values.forEach(query::setParameter);
        bind(query, sight);
        return query.getSingleResult();
    }

    /// A condition on the row `r` that its team is this one; the word for everybody asks for no team's.
    ///
    /// @param values gets what the condition names
    static String ofTeam(Map<String, Object> values, @Nullable String team) {
        if (team == null || Scope.isNone(team)) {
            return "r.team is null";
        }
        values.put("team", team);
        return "r.team = :team";
    }

    private static String asks() {
        return "r.phase ->> 'is' in ('AwaitingApproval', 'Paused')";
    }

    private static String some(String where, int atMost) {
        return """
        select r.* from (
          (select r.* from rollout r where r.team is null and :common and %1$s%2$s limit %3$d)
          union all
          (select s.* from unnest(cast(:seen as text[])) as t (seen) cross join lateral (
            select r.* from rollout r where r.team = t.seen and %1$s%2$s limit %3$d) s)) r\
        """
                .formatted(where, NEWEST_FIRST, atMost);
    }

    /// A condition on a column that holds a team; true for whoever sees everything.
    ///
    /// @param column such as `t.team`
    static String condition(String column, Scope sight) {
        return sight.everywhere()
                ? "true"
                : "(%1$s is null and :common or %1$s = any(cast(:seen as text[])))"
                        .formatted(column);
    }

    /// Gives a statement that holds [#condition] its values.
    static void bind(NativeQuery<?> query, Scope sight) {
        if (!sight.everywhere()) {
            query.setParameter("common", sight.common());
            query.setParameter("seen", sight.names().toArray(String[]::new));
        }
    }
}
