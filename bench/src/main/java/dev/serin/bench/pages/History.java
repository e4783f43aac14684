package dev.serin.bench.pages;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Writes a history of a year past the server.
///
/// @param database of a server that has played some rollouts
record History(Connection database) {

    /// The route that three of five rollouts were on, so that its list is full in a short history
    /// too; the others are on 50 routes in turn.
    static final String BUSY = "busy";

    /// The team of about three of five rollouts.
    static final String TEAM = "large-team";

    private static final int ROUTES = 50;

    /// @param number of rollouts that have ended
    void grow(Samples samples, int number) throws SQLException {
        run(
                """
                insert into route
                select name, 'openai/gpt-4', now() - interval '1 year' from (
                  select '%s' as name
                  union all select 'route-' || n from generate_series(1, %d) n) as names\
                """
                        .formatted(BUSY, ROUTES));
        run(
                "create temp table copied (id uuid primary key, sample uuid, route text, back interval)");
        for (int i = 0; i < samples.ended().size(); i++) {
            run(
                    """
                    insert into copied
                    select gen_random_uuid(), '%s',
                      case when n / 5 %% 5 < 3 then '%s' else 'route-' || 1 + n %% %d end,
                      interval '1 year' * n / %d + interval '1 minute'
                    from generate_series(%d, %d, %d) n\
                    """
                            .formatted(
                                    samples.ended().get(i),
                                    BUSY,
                                    ROUTES,
                                    number,
                                    i,
                                    number - 1,
                                    samples.ended().size()));
        }
        copyRollouts();
        copyJournals();
        copyEvidence();
        run("vacuum analyze");
    }

    /// Rollouts that have ended, the newest first.
    List<String> newest() throws SQLException {
        return ids("select id from copied order by back limit 2");
    }

    /// A place in the order of the list, as its address names it.
    String middle() throws SQLException {
        return ids("""
        select to_char(r.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
          || '_' || r.id
        from rollout r join copied c on c.id = r.id
        order by r.started_at desc offset (select count(*) / 3 from copied) limit 1\
        """)
                .getFirst();
    }

    private void copyRollouts() throws SQLException {
        run(
                """
                insert into rollout select (one).* from (
                  select jsonb_populate_record(r, jsonb_build_object('id', c.id, 'route', c.route,
                    'team', case when c.route = '%s' then '%s' else 'team-' || right(c.route, 1) end,
                    'plan', jsonb_set(r.plan, '{plan,route}', to_jsonb(c.route)),
                    'started_at', r.started_at - c.back, 'ended_at', r.ended_at - c.back,
                    'last_at', r.last_at - c.back, 'judged_at', r.judged_at - c.back,
                    'stirred_at', r.stirred_at - c.back)) as one
                  from copied c join rollout r on r.id = c.sample) as many\
                """
                        .formatted(BUSY, TEAM));
    }

    private void copyJournals() throws SQLException {
        run(
                """
                insert into journal
                select c.id, j.seq, j.version, j.at - c.back, j.entry || jsonb_build_object('at',
                  to_char((j.at - c.back) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
                from copied c join journal j on j.rollout = c.sample\
                """);
    }

    private void copyEvidence() throws SQLException {
        run(
                """
                insert into step_entered select c.id, s.step, s.at - c.back, s.share
                from copied c join step_entered s on s.rollout = c.sample\
                """);
        run(
                """
                insert into tally select c.id, t.step, t.arm, t.metric, t.bucket, t.replica, t.n,
                  t.bad, t.sum, t.v, t.over_cap, t.histogram
                from copied c join tally t on t.rollout = c.sample\
                """);
    }

    private void run(String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> ids(String sql) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(sql)) {
            var ids = new ArrayList<String>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        }
    }
}
