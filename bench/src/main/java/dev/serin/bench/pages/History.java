package dev.serin.bench.pages;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Writes a history of a year past the server.
///
/// @param database of a server that has played some rollouts
/// @param rows about so many tallies of each rollout, in stretches of 10 s one after the other; 0 for as
///     many as the played ones have
record History(Connection database, int rows) {

    /// The route that three of five rollouts were on, so that its list is full in a short history
    /// too; the others are on 50 routes in turn.
    static final String BUSY = "busy";

    /// The team of about three of five rollouts.
    static final String TEAM = "large-team";

    private static final int ROUTES = 50;

    /// All at once: the server, which works on meanwhile, would else sum up rollouts whose tallies are
    /// still to come.
    ///
    /// @param number of rollouts that have ended
    void grow(Samples samples, int number) throws SQLException {
        database.setAutoCommit(false);
        write(samples, number);
        database.commit();
        database.setAutoCommit(true);
        run("vacuum analyze");
    }

    private void write(Samples samples, int number) throws SQLException {
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
        run("analyze copied");
        run(
                """
                create temp table length as
                select c.sample, greatest(1, %d / greatest(1, count(*)))::int as stretches
                from (select distinct sample from copied) c join tally t on t.rollout = c.sample
                group by 1\
                """
                        .formatted(rows));
        copyRollouts();
        copyJournals();
        copyEvidence();
        copyAudit();
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
                    'started_at', r.started_at - c.back - l.stretches * interval '10 seconds',
                    'ended_at', r.ended_at - c.back,
                    'last_at', r.last_at - c.back, 'judged_at', r.judged_at - c.back,
                    'stirred_at', r.stirred_at - c.back)) as one
                  from copied c join rollout r on r.id = c.sample
                  join length l on l.sample = c.sample) as many\
                """
                        .formatted(BUSY, TEAM));
    }

    private void copyJournals() throws SQLException {
        run(
                """
                insert into journal
                select c.id, j.seq, j.version, m.at, j.entry || jsonb_build_object('at',
                  to_char(m.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
                from copied c join journal j on j.rollout = c.sample
                join length l on l.sample = c.sample
                join rollout r on r.id = c.sample
                cross join lateral (select j.at - c.back - case when j.at < r.started_at + interval '1 s'
                  then l.stretches * interval '10 seconds' else interval '0' end as at) m\
                """);
    }

    /// The first step is the one that lasted; what was counted in it is counted again in each stretch.
    /// Tallies lie in the order of time, as they do where servers wrote them.
    private void copyEvidence() throws SQLException {
        run(
                """
                insert into step_entered select c.id, s.step, s.at - c.back
                  - case when s.step = 0 then l.stretches * interval '10 seconds' else interval '0' end, s.share
                from copied c join step_entered s on s.rollout = c.sample
                join length l on l.sample = c.sample\
                """);
        run(
                """
                insert into tally select c.id, t.* from copied c join length l on l.sample = c.sample
                cross join lateral (
                  select t.step, t.arm, t.metric, t.bucket + later, t.replica, t.n, t.bad, t.sum, t.v,
                    t.over_cap, t.histogram
                  from tally t cross join generate_series(0,
                    case when t.step = 0 then l.stretches - 1 else 0 end) later
                  where t.rollout = c.sample order by 1, 4) t\
                """);
        // They may be drawn together in their turn, and are not while pages are measured.
        run("insert into evidence_age select id, 3600 from copied");
    }

    private void copyAudit() throws SQLException {
        run(
                """
                insert into audit (at, who, proven, address, what, route, rollout, team, comment,
                  refused, before, after)
                select a.at - c.back, a.who, a.proven, a.address, a.what, c.route, c.id, a.team, a.comment,
                  a.refused, a.before, a.after
                from copied c join audit a on a.rollout = c.sample order by c.back desc, a.id\
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
