package dev.serin.server.rollout;

import dev.serin.server.DatabaseFailed;
import dev.serin.web.words.Numbers;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what the list of rollouts shows.
@ApplicationScoped
class RolloutsQuery {

    /// Ended rollouts on one page.
    static final int PAGE = 50;

    /// More active ones than these are not shown; there is at most one for each route.
    private static final int MOST_ACTIVE = 200;

    private static final int MOST_ROUTES = 500;
    private static final Duration LATELY = Duration.ofDays(90);

    private static final String MATCHES =
            """
            (cast(:route as text) = '' or r.route = :route)
            and (cast(:phase as text) = '' or r.phase ->> 'is' = :phase)
            and (cast(:kind as text) = '' or r.phase -> 'outcome' ->> 'kind' = :kind)
            and (cast(:text as text) = '' or concat_ws(' ', r.route, r.started_by, r.team,
              r.plan -> 'plan' ->> 'baseline', r.plan -> 'plan' ->> 'candidate') ilike :text)\
            """;

    private static final String ACTIVE =
            "select r.* from rollout r where r.ended_at is null and"
                    + MATCHES
                    + " order by r.started_at desc, r.id desc";

    private static final String ENDED =
            "select r.* from rollout r where r.ended_at is not null"
                    + " and (r.started_at, r.id) < (:at, :id) and"
                    + MATCHES
                    + " order by r.started_at desc, r.id desc";

    /// Ways back are no upgrades, and simulated and replayed runs met nobody.
    private static final String SUMMARY =
            """
            with lately as (
              select id, phase ->> 'is' as phase, started_at, ended_at from rollout
              where ended_at >= ? and not simulated and replay_of is null
                and linked_to is null),
            happened as (
              select j.rollout, j.entry ->> 'is' as kind,
                lead(j.at) over (partition by j.rollout order by j.seq) - j.at as lasted
              from journal j join lately l on l.id = j.rollout),
            waited as (
              select rollout, sum(lasted) as lasted from happened
              where kind in ('GateOpened', 'Paused') group by rollout),
            met as (
              select max(n) as people from (
                select t.rollout, t.step, sum(t.n) as n from tally t join lately l on l.id = t.rollout
                where l.phase = 'RolledBack' and t.arm = 1 and t.metric = 'keys'
                group by t.rollout, t.step) by_step
              group by rollout)
            select count(*), count(*) filter (where phase = 'Complete'),
              extract(epoch from percentile_cont(0.5) within group (order by ended_at - started_at)),
              extract(epoch from percentile_cont(0.5) within group
                (order by coalesce(w.lasted, interval '0'))),
              (select sum(people) from met)
            from lately l left join waited w on w.rollout = l.id\
            """;

    private final EntityManager entities;
    private final AgroalDataSource database;

    RolloutsQuery(EntityManager entities, AgroalDataSource database) {
        this.entities = entities;
        this.database = database;
    }

    List<RolloutRow> active(RolloutsFilter filter) {
        return rows(ACTIVE, filter, null, MOST_ACTIVE);
    }

    /// One more than a page holds, if there are more.
    List<RolloutRow> ended(RolloutsFilter filter) {
        var before = filter.before();
        var from =
                before == null
                        ? new RolloutsFilter.Place(
                                Instant.parse("9999-01-01T00:00:00Z"), new java.util.UUID(-1, -1))
                        : before;
        return rows(ENDED, filter, from, PAGE + 1);
    }

    boolean any() {
        return RolloutRow.count() > 0;
    }

    List<String> routes() {
        return RouteRow.<RouteRow>find("order by name").page(0, MOST_ROUTES).stream()
                .map(route -> route.name)
                .toList();
    }

    /// The last 90 days in a sentence.
    String summary(Instant now) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(SUMMARY)) {
            statement.setObject(1, now.minus(LATELY).atOffset(ZoneOffset.UTC));
            try (var row = statement.executeQuery()) {
                row.next();
                long all = row.getLong(1);
                return all == 0
                        ? "90 days: no upgrade has ended but simulated ones, which are not counted"
                        : summary(
                                all,
                                row.getLong(2),
                                Duration.ofSeconds(row.getLong(3)),
                                Duration.ofSeconds(row.getLong(4)),
                                row.getLong(5));
            }
        } catch (SQLException e) {
            throw new DatabaseFailed("the last 90 days were not read", e);
        }
    }

    private static String summary(
            long all, long promoted, Duration took, Duration waited, long people) {
        var parts = new ArrayList<String>();
        parts.add(
                "90 days: %s, %s promoted, %s rolled back"
                        .formatted(
                                all == 1 ? "1 upgrade" : Numbers.count(all) + " upgrades",
                                Numbers.count(promoted),
                                Numbers.count(all - promoted)));
        parts.add(
                "median %s%s"
                        .formatted(
                                Numbers.duration(took),
                                waited.isZero()
                                        ? ""
                                        : ", of which %s waiting for people"
                                                .formatted(Numbers.duration(waited))));
        if (people > 0) {
            parts.add("%s people met a worse model".formatted(Numbers.count(people)));
        }
        return String.join("; ", parts);
    }

    @SuppressWarnings("unchecked") // JPA types the results of native queries by their class only.
    private List<RolloutRow> rows(
            String sql, RolloutsFilter filter, RolloutsFilter.@Nullable Place from, int atMost) {
        var state = filter.state();
        var kind = state == null ? null : state.kind();
        var query = entities.createNativeQuery(sql, RolloutRow.class);
        query.setParameter("route", filter.route());
        query.setParameter("phase", state == null ? "" : state.phase());
        query.setParameter("kind", kind == null ? "" : kind);
        query.setParameter("text", filter.text().isEmpty() ? "" : like(filter.text()));
        if (from != null) {
            query.setParameter("at", from.startedAt());
            query.setParameter("id", from.id());
        }
        return query.setMaxResults(atMost).getResultList();
    }

    private static String like(String text) {
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
