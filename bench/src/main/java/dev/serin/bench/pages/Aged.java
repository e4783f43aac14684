package dev.serin.bench.pages;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Has a server draw a year of tallies together, as one does that is new to a long history, and prints how
/// long that took, how long others had to wait for it at most, and how pages answered meanwhile.
final class Aged {

    /// What anybody else may have to wait for a lock; what is drawn together at once has to be over by then.
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMillis(50);

    /// A go of the hour has ended when nothing is drawn together for so long.
    private static final Duration QUIET = Duration.ofSeconds(15);

    private static final int GOES = 10;

    private static final String DUE =
            """
            select count(*) from rollout r left join evidence_age a on a.rollout = r.id
            where r.ended_at < now() - interval '14 days 1 hour' and a.stretch_s is distinct from 3600
               or r.ended_at < now() - interval '1 day 1 hour' and a.rollout is null\
            """;

    private static final String UNDER_WAY =
            """
            select coalesce(max(extract(epoch from clock_timestamp() - xact_start) * 1000), 0)::bigint
            from pg_stat_activity
            where backend_type = 'client backend' and pid <> pg_backend_pid()
              and query ~ 'tally|evidence_age' and state <> 'idle'\
            """;

    private final GrownServer server;
    private long longest;
    private final List<Double> meanwhile = new ArrayList<>();

    /// @param server whose tallies are marked as drawn together, which they are not
    Aged(GrownServer server) {
        this.server = server;
    }

    /// Measures it and prints what came of it.
    ///
    /// @return whether nobody had to wait for too long
    boolean measure() throws IOException, InterruptedException, SQLException {
        long before = server.tallies();
        long took = 0;
        int goes = 0;
        long due;
        do {
            if (goes == 0) {
                forgetTheMarks();
            }
            server.restart();
            took += go();
            goes++;
            due = due();
        } while (due > 0 && goes < GOES);
        System.out.printf(
                "%n%,d tallies were drawn together into %,d, in %d goes of at most an hour's work that took %d s in all%n",
                before, server.tallies(), goes, Duration.ofNanos(took).toSeconds());
        System.out.printf(
                "longest transaction of it: %d ms (at most %d); the list meanwhile: %.1f ms in the median of %d%n",
                longest, LONGEST.toMillis(), Pages.median(meanwhile), meanwhile.size());
        if (due > 0) {
            System.out.printf("%,d rollouts were NOT drawn together%n", due);
        }
        return due == 0 && longest <= LONGEST.toMillis();
    }

    private void forgetTheMarks() throws IOException, SQLException {
        try (var database = server.connect();
                var statement = database.createStatement()) {
            statement.execute("delete from evidence_age");
        }
    }

    private long due() throws IOException, SQLException {
        try (var database = server.connect();
                var statement = database.createStatement()) {
            return number(statement, DUE);
        }
    }

    /// @return nanoseconds until the last of it was drawn together
    private long go() throws IOException, InterruptedException, SQLException {
        long began = System.nanoTime();
        long last = began;
        long marks = -1;
        try (var database = server.connect();
                var statement = database.createStatement()) {
            while (System.nanoTime() - last < QUIET.toNanos()) {
                longest = Math.max(longest, number(statement, UNDER_WAY));
                long now =
                        number(
                                statement,
                                "select coalesce(sum(case stretch_s when 3600 then 2 else 1 end), 0) from evidence_age");
                if (now != marks) {
                    marks = now;
                    last = System.nanoTime();
                }
                meanwhile.add(server.millis("/"));
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
        return last - began;
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
