package dev.serin.bench.chaos;

/// What a database could say after something broke; each must be found out by the check that is for it.
enum Lie {
    A_CALL_IS_GONE(
            "no acknowledged observation is lost",
            """
            delete from call c using (select * from call where id like 'posted-%' limit 1) one
            where c.rollout = one.rollout and c.id = one.id and c.began = one.began\
            """),
    A_CALL_COUNTS_TWICE(
            "none is counted twice, nor left out of the sums",
            """
            update tally set n = n + 1
            where ctid = (select ctid from tally where metric = 'calls' and n > 0 limit 1)\
            """),
    A_LABEL_IS_LEFT_OUT(
            "labels are counted once",
            """
            update tally set n = n - 1
            where ctid = (select ctid from tally where metric = 'label:hallucination' and n > 0 limit 1)\
            """),
    A_STEP_IS_ENTERED_AGAIN(
            "no step is entered twice",
            """
            insert into journal
            select rollout, seq + 1000, version, at, entry from journal
            where entry ->> 'is' = 'StepEntered' limit 1\
            """),
    A_DECISION_WAS_OVERWRITTEN(
            "every version is one decision",
            """
            insert into journal
            select rollout, seq + 1000, version, at, entry from journal
            where entry ->> 'is' = 'RolledBack' limit 1\
            """),
    A_SHARE_ROSE_UNWRITTEN(
            "no share is raised without its entry in the journal",
            """
            delete from journal where entry ->> 'is' in ('StepEntered', 'Completed')
            and (entry #>> '{share,fraction}') is distinct from '0.1'\
            """),
    A_ROLLBACK_WAS_EARLIER(
            "no call of a candidate that was rolled back, after the lease",
            """
            update journal set at = at - interval '1 hour'
            where entry ->> 'is' = 'RolledBack'\
            """),
    A_ROLLOUT_GOES_ON(
            "every rollout ends",
            """
            update rollout set ended_at = null
            where id = (select id from rollout where phase ->> 'is' = 'Complete' limit 1)\
            """);

    private final String check;
    private final String sql;

    Lie(String check, String sql) {
        this.check = check;
        this.sql = sql;
    }

    String check() {
        return check;
    }

    String sql() {
        return sql;
    }
}
