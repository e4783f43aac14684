package dev.serin.server.rollout;

import dev.serin.server.OneColumn;
import dev.serin.server.access.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/// Reads what the list of rollouts shows. A statement names only what is filtered by, so that the
/// database takes the index that fits.
@ApplicationScoped
class RolloutsQuery {

    /// Ended rollouts on one page.
    static final int PAGE = 50;

    /// So many that wait for a person are shown, and so many others that are active; there is at most
    /// one for each route.
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
    /// @param waiting active, and waiting for a person
    /// @param moving active, and waiting for nobody
    /// @param more active ones that are not among these
    /// @param ended one more than a page holds, if there are more
    record Found(
            List<RolloutRow> waiting, List<RolloutRow> moving, int more, List<RolloutRow> ended) {

        /// The newest first.
        List<RolloutRow> active() {
            return Stream.concat(waiting.stream(), moving.stream())
                    .sorted(
                            Comparator.comparing((RolloutRow row) -> row.startedAt)
                                    .thenComparing(row -> row.id)
                                    .reversed())
                    .toList();
        }
    }

    /// @param sight only what somebody may see
    Found find(RolloutsFilter filter, Scope sight) {
        var wordings = wordings(filter);
        if (!filter.text().isEmpty() && wordings.isEmpty()) {
            return new Found(List.of(), List.of(), 0, List.of());
        }
        var waiting = rows(Within.WAITS, filter, wordings, null, sight, MOST_ACTIVE);
        var moving = rows(Within.MOVES, filter, wordings, null, sight, MOST_ACTIVE);
        boolean isWhole = waiting.size() < MOST_ACTIVE && moving.size() < MOST_ACTIVE;
        return new Found(
                waiting,
                moving,
                isWhole ? 0 : active(filter, wordings, sight) - waiting.size() - moving.size(),
                rows("r.ended_at is not null", filter, wordings, filter.before(), sight, PAGE + 1));
    }

    private int active(RolloutsFilter filter, List<Long> wordings, Scope sight) {
        var sql = new StringBuilder("r.ended_at is null");
        var values = new LinkedHashMap<String, Object>();
        restrict(sql, values, filter, wordings);
        return Within.count(database, sql.toString(), values, sight);
    }

    boolean any(Scope sight) {
        return !Within.newest(database, "true", Map.of(), sight, 1).isEmpty();
    }

    List<String> routes(Scope sight) {
        var query =
                OneColumn.of(
                        database,
                        "select t.name from route t where %s order by t.name"
                                .formatted(Within.condition("t.team", sight)),
                        "name",
                        String.class);
        Within.bind(query, sight);
        return query.setMaxResults(MOST_CHOICES).getResultList();
    }

    List<String> teams(Scope sight) {
        return OneColumn.of(database, TEAMS, "team", String.class).getResultList().stream()
                .filter(sight::covers)
                .toList();
    }

    private List<Long> wordings(RolloutsFilter filter) {
        return filter.text().isEmpty()
                ? List.of()
                : OneColumn.of(database, WORDINGS, "id", Long.class)
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
        restrict(sql, values, filter, wordings);
        if (from != null) {
            sql.append(" and (r.started_at, r.id) < (:at, :id)");
            values.put("at", from.startedAt());
            values.put("id", from.id());
        }
        return Within.newest(database, sql.toString(), values, sight, atMost);
    }

    private static void restrict(
            StringBuilder sql,
            Map<String, Object> values,
            RolloutsFilter filter,
            List<Long> wordings) {
        if (!wordings.isEmpty()) {
            sql.append(" and r.wording = any(:wordings)");
            values.put("wordings", wordings.toArray(Long[]::new));
        }
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
            sql.append(" and ").append(Within.ofTeam(values, filter.team()));
        }
    }

    private static String like(String text) {
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
