package dev.serin.server.rollout;

import dev.serin.server.access.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/// Reads what the list of rollouts shows. A statement names only what is filtered by, so that the
/// database takes the index that fits.
@ApplicationScoped
class RolloutsQuery {

    /// Ended rollouts on one page.
    static final int PAGE = 50;

    /// More active ones than these are not shown; there is at most one for each route.
    private static final int MOST_ACTIVE = 200;

    private static final int MOST_CHOICES = 500;

    /// Hops from team to team instead of reading every rollout.
    private static final String TEAMS =
            """
            with recursive hop (team) as (
              (select team from rollout where team is not null order by team limit 1)
              union all
              select (select r.team from rollout r where r.team > hop.team order by r.team limit 1)
              from hop where hop.team is not null)
            select team from hop where team is not null limit %d\
            """
                    .formatted(MOST_CHOICES);

    /// There are few, as the rollouts of a route mostly share one.
    private static final String WORDINGS =
            "select w.id from wording w where w.words like lower(cast(:text as text))";

    private final Session database;

    RolloutsQuery(Session database) {
        this.database = database;
    }

    /// What a filter finds.
    ///
    /// @param ended one more than a page holds, if there are more
    record Found(List<RolloutRow> active, List<RolloutRow> ended) {}

    /// @param sight only what somebody may see
    Found find(RolloutsFilter filter, Scope sight) {
        var wordings = wordings(filter);
        if (!filter.text().isEmpty() && wordings.isEmpty()) {
            return new Found(List.of(), List.of());
        }
        return new Found(
                rows("r.ended_at is null", filter, wordings, null, sight, MOST_ACTIVE),
                rows("r.ended_at is not null", filter, wordings, filter.before(), sight, PAGE + 1));
    }

    boolean any(Scope sight) {
        return !Within.newest(database, "true", Map.of(), sight, 1).isEmpty();
    }

    List<String> routes(Scope sight) {
        var query =
                database.createNativeQuery(
                        "select t.name from route t where %s order by t.name"
                                .formatted(Within.condition("t.team", sight)),
                        String.class);
        Within.bind(query, sight);
        return query.setMaxResults(MOST_CHOICES).getResultList();
    }

    List<String> teams(Scope sight) {
        return database.createNativeQuery(TEAMS, String.class).getResultList().stream()
                .filter(sight::covers)
                .toList();
    }

    private List<Long> wordings(RolloutsFilter filter) {
        return filter.text().isEmpty()
                ? List.of()
                : database.createNativeQuery(WORDINGS, Long.class)
                        .setParameter("text", like(filter.text()))
                        .getResultList();
    }

    /// @param wordings only rollouts of these; of any where there is none
    private List<RolloutRow> rows(
            String which,
            RolloutsFilter filter,
            List<Long> wordings,
            RolloutsFilter.@Nullable Place from,
            Scope sight,
            int atMost) {
        var sql = new StringBuilder(which);
        var values = new LinkedHashMap<String, Object>();
        restrict(sql, values, filter);
        if (!wordings.isEmpty()) {
            sql.append(" and r.wording = any(:wordings)");
            values.put("wordings", wordings.toArray(Long[]::new));
        }
        if (from != null) {
            sql.append(" and (r.started_at, r.id) < (:at, :id)");
            values.put("at", from.startedAt());
            values.put("id", from.id());
        }
        return Within.newest(database, sql.toString(), values, sight, atMost);
    }

    private static void restrict(
            StringBuilder sql, Map<String, Object> values, RolloutsFilter filter) {
        if (!filter.route().isEmpty()) {
            sql.append(" and r.route = :route");
            values.put("route", filter.route());
        }
        var state = filter.state();
        if (state != null) {
            sql.append(" and r.phase ->> 'is' = :phase");
            values.put("phase", state.phase());
        }
        var outcome = filter.outcome();
        if (outcome != null) {
            sql.append(" and r.phase #>> '{outcome,kind}' = :kind");
            values.put("kind", outcome.kind().name());
        }
        if (!filter.team().isEmpty()) {
            sql.append(" and r.team = :team");
            values.put("team", filter.team());
        }
    }

    private static String like(String text) {
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
