package dev.serin.server.evidence;

import static dev.serin.server.evidence.TallyRow.array;

import dev.serin.engine.judge.Histogram;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Tallies of an ended rollout that were drawn together.
///
/// Rows of one minute, or hour, of the clock become one, which takes the place of the first bucket that
/// lies in it: so the hours of a route come to the same before and after.
final class AgedRow {

    /// What tallies are drawn together into, and by whom they then seem to be written.
    enum Stretch {
        MINUTE("minute", 60),
        HOUR("hour", 3_600);

        private final String unit;
        private final int seconds;

        Stretch(String unit, int seconds) {
            this.unit = unit;
            this.seconds = seconds;
        }

        private String replica() {
            return "by " + unit;
        }
    }

    private static final String DUE =
            """
            select r.id from rollout r left join evidence_age a on a.rollout = r.id
            where r.ended_at < ? and (a.rollout is null or a.stretch_s < ?)
            order by r.ended_at limit ?\
            """;

    private static final String OLD =
            """
            select r.id from rollout r left join evidence_age a on a.rollout = r.id
            where r.ended_at < ? and (a.rollout is null or a.stretch_s is not null)
            order by r.ended_at limit ?\
            """;

    private static final String FIRST = first("?");

    private static final String DRAW =
            """
            with gone as (
              delete from tally t using step_entered s
              where t.rollout = ? and s.rollout = t.rollout and s.step = t.step
                and t.histogram is null and t.replica <> ?
              returning t.*,\
            """
                    + FIRST
                    + """
                     as first)
                    insert into tally as t
                      (rollout, step, arm, metric, bucket, replica, n, bad, sum, v, over_cap)
                    select rollout, step, arm, metric, first, ?, sum(n), sum(bad), sum(sum), sum(v),
                      sum(over_cap)
                    from gone group by rollout, step, arm, metric, first
                    on conflict (rollout, step, arm, metric, bucket, replica) do update set
                      n = t.n + excluded.n, bad = t.bad + excluded.bad, sum = t.sum + excluded.sum,
                      v = t.v + excluded.v, over_cap = t.over_cap + excluded.over_cap\
                    """;

    /// All of them, those drawn together before among them, as the database cannot add histograms.
    private static final String TAKE =
            """
            delete from tally t using step_entered s
            where t.rollout = ? and s.rollout = t.rollout and s.step = t.step
              and t.histogram is not null
            returning t.step, t.arm, t.metric, t.n, t.histogram,\
            """
                    + FIRST;

    private static final String PUT =
            """
            insert into tally (rollout, step, arm, metric, bucket, n, histogram, replica)
            select ?, u.*, ?
            from unnest(?::int[], ?::int[], ?::text[], ?::int[], ?::bigint[], ?::bytea[]) as u\
            """;

    private AgedRow() {}

    /// Where a tally `t` of a step `s` lies once it is drawn together.
    ///
    /// @param unit `minute` or `hour`, as SQL
    static String first(String unit) {
        return """
        greatest(0, ceil(extract(epoch from
          date_trunc(%s, s.at + t.bucket * interval '10 seconds', 'UTC') - s.at) / 10))::int\
        """
                .formatted(unit);
    }

    /// Ended rollouts whose tallies are still finer than this, the oldest first.
    ///
    /// @param before they ended
    static List<UUID> due(Connection connection, Stretch stretch, Instant before, int atMost)
            throws SQLException {
        try (var query = connection.prepareStatement(DUE)) {
            query.setObject(1, before.atOffset(ZoneOffset.UTC));
            query.setInt(2, stretch.seconds);
            query.setInt(3, atMost);
            return ids(query);
        }
    }

    /// Rollouts that ended before a moment and still have tallies.
    static List<UUID> old(Connection connection, Instant before, int atMost) throws SQLException {
        try (var query = connection.prepareStatement(OLD)) {
            query.setObject(1, before.atOffset(ZoneOffset.UTC));
            query.setInt(2, atMost);
            return ids(query);
        }
    }

    private static List<UUID> ids(PreparedStatement query) throws SQLException {
        var ids = new ArrayList<UUID>();
        try (var rows = query.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    /// Draws all tallies of a rollout together.
    static void draw(Connection connection, UUID rollout, Stretch stretch) throws SQLException {
        try (var draw = connection.prepareStatement(DRAW)) {
            draw.setObject(1, rollout);
            draw.setString(2, stretch.replica());
            draw.setString(3, stretch.unit);
            draw.setString(4, stretch.replica());
            draw.executeUpdate();
        }
        put(connection, rollout, stretch, take(connection, rollout, stretch));
        mark(connection, rollout, stretch.seconds);
    }

    private record Slot(int step, int arm, String metric, int bucket) {}

    private record Spread(long n, Histogram histogram) {

        Spread plus(Spread other) {
            return new Spread(n + other.n, histogram.plus(other.histogram));
        }
    }

    private static Map<Slot, Spread> take(Connection connection, UUID rollout, Stretch stretch)
            throws SQLException {
        var drawn = new LinkedHashMap<Slot, Spread>();
        try (var delete = connection.prepareStatement(TAKE)) {
            delete.setObject(1, rollout);
            delete.setString(2, stretch.unit);
            try (var rows = delete.executeQuery()) {
                while (rows.next()) {
                    drawn.merge(
                            new Slot(
                                    rows.getInt(1),
                                    rows.getInt(2),
                                    rows.getString(3),
                                    rows.getInt(6)),
                            new Spread(rows.getLong(4), Histogram.fromBytes(rows.getBytes(5))),
                            Spread::plus);
                }
            }
        }
        return drawn;
    }

    private static void put(
            Connection connection, UUID rollout, Stretch stretch, Map<Slot, Spread> drawn)
            throws SQLException {
        if (drawn.isEmpty()) {
            return;
        }
        var slots = List.copyOf(drawn.keySet());
        var spreads = List.copyOf(drawn.values());
        try (var insert = connection.prepareStatement(PUT)) {
            insert.setObject(1, rollout);
            insert.setString(2, stretch.replica());
            insert.setArray(3, array(connection, "int4", slots, Slot::step));
            insert.setArray(4, array(connection, "int4", slots, Slot::arm));
            insert.setArray(5, array(connection, "text", slots, Slot::metric));
            insert.setArray(6, array(connection, "int4", slots, Slot::bucket));
            insert.setArray(7, array(connection, "int8", spreads, Spread::n));
            insert.setArray(
                    8, array(connection, "bytea", spreads, spread -> spread.histogram.toBytes()));
            insert.executeUpdate();
        }
    }

    /// Lets go of all that was counted of a rollout; its journal stays, and what was found at its end.
    static void letGo(Connection connection, UUID rollout) throws SQLException {
        for (var table :
                List.of(
                        "tally",
                        "key_seen",
                        "forced_seen",
                        "forced_key",
                        "judge_seen",
                        "shown_evidence",
                        "call")) {
            try (var delete =
                    connection.prepareStatement(
                            "delete from %s where rollout = ?".formatted(table))) {
                delete.setObject(1, rollout);
                delete.executeUpdate();
            }
        }
        mark(connection, rollout, null);
    }

    private static void mark(Connection connection, UUID rollout, @Nullable Integer seconds)
            throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        """
                        insert into evidence_age (rollout, stretch_s) values (?, ?)
                        on conflict (rollout) do update set stretch_s = excluded.stretch_s\
                        """)) {
            insert.setObject(1, rollout);
            insert.setObject(2, seconds, Types.INTEGER);
            insert.executeUpdate();
        }
    }
}
