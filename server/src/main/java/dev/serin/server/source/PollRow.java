package dev.serin.server.source;

import dev.serin.engine.traffic.Arm;
import dev.serin.server.planfile.Source;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A rollout whose source this process has claimed for one poll.
///
/// @param claim counts the claims; a later one makes this one void
/// @param at the moment of the poll
/// @param until when another may claim it
/// @param steps when each step was entered
/// @param counters where they stood when they were last read
record PollRow(
        UUID rollout,
        long claim,
        Instant at,
        Instant until,
        Watching watching,
        NavigableMap<Instant, Integer> steps,
        Map<Counter.Key, Counter> counters) {

    /// What a poll may take beside the answer: for a place among others, and to be counted.
    private static final Duration ROOM = Duration.ofSeconds(3);

    private static final String BEGIN =
            """
            insert into source_poll (rollout, watching, every_ms, due_at, heard_at, state)
            values (?, ?, ?, ?, ?, ?)\
            """;

    /// Those of rollouts that have ended are taken off the list.
    private static final String CLAIM =
            """
            update source_poll p set claim = p.claim + 1,
              due_at = case when d.active then ? + p.every_ms * interval '1 millisecond' end
            from (
              select q.rollout, r.ended_at is null as active
              from source_poll q join rollout r on r.id = q.rollout
              where q.due_at <= ? and q.rollout <> all (?) order by q.due_at limit ?
              for update of q skip locked) d
            where p.rollout = d.rollout
            returning p.rollout, p.claim, p.watching, d.active\
            """;

    private static final String DEFER = "update source_poll set due_at = ? where rollout = ?";

    private static final String STEPS = "select step, at from step_entered where rollout = ?";

    private static final String COUNTERS =
            "select arm, track, step, bad, total, at, moved_at from source_counter where rollout = ?";

    private static final String HOLD =
            """
            select p.heard_at from source_poll p join rollout r on r.id = p.rollout
            where p.rollout = ? and p.claim = ? and r.ended_at is null
            for update of p\
            """;

    private static final String KEEP =
            """
            insert into source_counter (rollout, arm, track, step, bad, total, at, moved_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (rollout, arm, track) do update set step = excluded.step,
              bad = excluded.bad, total = excluded.total, at = excluded.at,
              moved_at = excluded.moved_at\
            """;

    private static final String SAY =
            """
            update source_poll set trouble = ?, heard_at = ?, state = ?, due_at = least(due_at, ?)
            where rollout = ?\
            """;

    static void begin(Connection connection, UUID rollout, Watching watching, Instant now)
            throws SQLException {
        var source = watching.source();
        var state =
                new SourceState(
                        source.name(), source.every().toString(), null, null, null, List.of());
        try (var insert = connection.prepareStatement(BEGIN)) {
            insert.setObject(1, rollout);
            insert.setString(2, watching.json());
            insert.setLong(3, source.every().toMillis());
            insert.setObject(4, utc(now));
            insert.setObject(5, utc(now));
            insert.setString(6, state.json());
            insert.executeUpdate();
        }
    }

    /// Claims what is due and nobody else has claimed, for one poll each.
    ///
    /// @param waits how long an answer of a source with this name is waited for at most
    /// @param others rollouts that are left alone
    static List<PollRow> claim(
            Connection connection,
            Instant now,
            Function<String, Duration> waits,
            Collection<UUID> others,
            int atMost)
            throws SQLException {
        var claimed = new ArrayList<PollRow>();
        try (var update = connection.prepareStatement(CLAIM)) {
            update.setObject(1, utc(now));
            update.setObject(2, utc(now));
            update.setArray(3, connection.createArrayOf("uuid", others.toArray()));
            update.setInt(4, atMost);
            try (var rows = update.executeQuery()) {
                while (rows.next()) {
                    if (rows.getBoolean(4)) {
                        var watching = Watching.parse(rows.getString(3));
                        claimed.add(
                                new PollRow(
                                        rows.getObject(1, UUID.class),
                                        rows.getLong(2),
                                        now,
                                        until(now, watching.source(), waits),
                                        watching,
                                        new TreeMap<>(),
                                        new HashMap<>()));
                    }
                }
            }
        }
        for (var row : claimed) {
            if (row.until.isAfter(now.plus(row.every()))) {
                row.defer(connection);
            }
            row.load(connection);
        }
        return claimed;
    }

    /// As long as the poll may take, which may be longer than its interval.
    private static Instant until(Instant now, Source source, Function<String, Duration> waits) {
        var wait = waits.apply(source.name()).plus(ROOM);
        return now.plus(wait.compareTo(source.every()) > 0 ? wait : source.every());
    }

    private void defer(Connection connection) throws SQLException {
        try (var update = connection.prepareStatement(DEFER)) {
            update.setObject(1, utc(until));
            update.setObject(2, rollout);
            update.executeUpdate();
        }
    }

    /// Holds the claim till the transaction ends; empty if it is void, or else when the source was last
    /// heard.
    Optional<Instant> hold(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement(HOLD)) {
            query.setObject(1, rollout);
            query.setLong(2, claim);
            try (var rows = query.executeQuery()) {
                return rows.next() ? Optional.of(instant(rows, 1)) : Optional.empty();
            }
        }
    }

    void keep(Connection connection, List<Counter> read) throws SQLException {
        try (var insert = connection.prepareStatement(KEEP)) {
            for (var counter : read) {
                insert.setObject(1, rollout);
                insert.setInt(2, counter.key().arm() == Arm.BASELINE ? 0 : 1);
                insert.setString(3, counter.key().track());
                insert.setInt(4, counter.step());
                insert.setLong(5, counter.bad());
                insert.setLong(6, counter.total());
                insert.setObject(7, utc(counter.at()));
                insert.setObject(8, utc(counter.moved()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /// Says how the poll went, and when the next one is due: in its interval, or at once where it took longer.
    void say(
            Connection connection,
            @Nullable String trouble,
            Instant heard,
            SourceState state,
            Instant now)
            throws SQLException {
        var due = at.plus(every());
        try (var update = connection.prepareStatement(SAY)) {
            if (trouble == null) {
                update.setNull(1, Types.VARCHAR);
            } else {
                update.setString(1, trouble);
            }
            update.setObject(2, utc(heard));
            update.setString(3, state.json());
            update.setObject(4, utc(due.isAfter(now) ? due : now));
            update.setObject(5, rollout);
            update.executeUpdate();
        }
    }

    Duration every() {
        return watching.source().every();
    }

    private void load(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement(STEPS)) {
            query.setObject(1, rollout);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    // A step of 0 s may be entered at the same moment as the next one.
                    steps.merge(instant(rows, 2), rows.getInt(1), Math::max);
                }
            }
        }
        try (var query = connection.prepareStatement(COUNTERS)) {
            query.setObject(1, rollout);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    var arm = rows.getInt(1) == 0 ? Arm.BASELINE : Arm.CANDIDATE;
                    var key = new Counter.Key(arm, rows.getString(2));
                    counters.put(
                            key,
                            new Counter(
                                    key,
                                    rows.getInt(3),
                                    rows.getLong(4),
                                    rows.getLong(5),
                                    instant(rows, 6),
                                    instant(rows, 7)));
                }
            }
        }
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }
}
