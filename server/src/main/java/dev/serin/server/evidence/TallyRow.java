package dev.serin.server.evidence;

import dev.serin.engine.judge.Histogram;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One sum of one replica, as it is stored.
record TallyRow(Place place, String metric) implements Comparable<TallyRow> {

    private static final Comparator<TallyRow> ORDER =
            Comparator.comparing(TallyRow::place).thenComparing(TallyRow::metric);

    private static final String HISTOGRAMS =
            """
            select t.rollout, t.step, t.arm, t.bucket, t.metric, t.histogram
            from unnest(?::uuid[], ?::int[], ?::int[], ?::int[], ?::text[])
              as u (rollout, step, arm, bucket, metric)
            join tally t on t.rollout = u.rollout and t.step = u.step and t.arm = u.arm
              and t.metric = u.metric and t.bucket = u.bucket and t.replica = ?
            where t.histogram is not null\
            """;

    private static final String ADD =
            """
            insert into tally as t
              (rollout, step, arm, bucket, metric, n, bad, sum, v, over_cap, histogram, replica)
            select u.*, ?
            from unnest(?::uuid[], ?::int[], ?::int[], ?::int[], ?::text[], ?::bigint[],
              ?::bigint[], ?::float8[], ?::float8[], ?::bigint[], ?::bytea[]) as u
            on conflict (rollout, step, arm, metric, bucket, replica) do update set
              n = t.n + excluded.n, bad = t.bad + excluded.bad, sum = t.sum + excluded.sum,
              v = t.v + excluded.v, over_cap = t.over_cap + excluded.over_cap,
              histogram = excluded.histogram\
            """;

    private static final String MEANS =
            """
            select metric, sum(n), sum(sum), sum(v), sum(over_cap) from tally
            where rollout = ? and step = ? and arm = ? and metric = any (?) group by metric\
            """;

    private static final String FAILURES =
            """
            select metric, sum(n) as n, sum(bad) from tally
            where rollout = ? and step = ? and arm = ? and starts_with(metric, ?)
            group by metric order by n desc, metric limit ?\
            """;

    @Override
    public int compareTo(TallyRow other) {
        return ORDER.compare(this, other);
    }

    /// Adds to the rows of `replica`, which nobody else writes.
    static void add(Connection connection, String replica, NavigableMap<TallyRow, Tally> tallies)
            throws SQLException {
        if (tallies.isEmpty()) {
            return;
        }
        var rows = List.copyOf(tallies.keySet());
        var before = histograms(connection, replica, tallies);
        try (var insert = connection.prepareStatement(ADD)) {
            insert.setString(1, replica);
            keys(connection, insert, 2, rows);
            var sums = rows.stream().map(tallies::get).toList();
            insert.setArray(7, array(connection, "int8", sums, Tally::n));
            insert.setArray(8, array(connection, "int8", sums, TallyRow::bad));
            insert.setArray(9, array(connection, "float8", sums, tally -> moments(tally).sum()));
            insert.setArray(10, array(connection, "float8", sums, tally -> moments(tally).v()));
            insert.setArray(11, array(connection, "int8", sums, tally -> moments(tally).overCap()));
            insert.setArray(
                    12,
                    array(
                            connection,
                            "bytea",
                            rows,
                            row ->
                                    tallies.get(row) instanceof Histogram more
                                            ? before.getOrDefault(row, Histogram.NONE)
                                                    .plus(more)
                                                    .toBytes()
                                            : null));
            insert.executeUpdate();
        }
    }

    /// Changes sums by labels that came later, in the rows of `replica`.
    static void change(
            Connection connection, String replica, NavigableMap<TallyRow, Change> changes)
            throws SQLException {
        var rows = List.copyOf(changes.keySet());
        if (rows.isEmpty()) {
            return;
        }
        try (var insert = connection.prepareStatement(ADD)) {
            insert.setString(1, replica);
            keys(connection, insert, 2, rows);
            var sums = rows.stream().map(changes::get).toList();
            insert.setArray(7, array(connection, "int8", sums, Change::n));
            insert.setArray(8, array(connection, "int8", sums, Change::bad));
            insert.setArray(9, array(connection, "float8", sums, Change::sum));
            insert.setArray(10, array(connection, "float8", sums, Change::squares));
            insert.setArray(11, array(connection, "int8", sums, _ -> 0L));
            insert.setArray(12, array(connection, "bytea", sums, _ -> null));
            insert.executeUpdate();
        }
    }

    /// The means of a step so far, over all replicas.
    static Map<Track, Tally> means(Connection connection, Place.Stream stream, List<Track> tracks)
            throws SQLException {
        var means = new HashMap<Track, Tally>();
        try (var query = connection.prepareStatement(MEANS)) {
            query.setObject(1, stream.rollout());
            query.setInt(2, stream.step());
            query.setInt(3, StoredArm.number(stream.arm()));
            query.setArray(
                    4, connection.createArrayOf("text", tracks.stream().map(Track::key).toArray()));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    means.put(
                            Track.parse(rows.getString(1)),
                            new Tally.Moments(
                                    rows.getLong(2),
                                    rows.getDouble(3),
                                    rows.getDouble(4),
                                    rows.getLong(5)));
                }
            }
        }
        return means;
    }

    /// The most frequent classes of failures of a step so far, over all replicas.
    static Map<Track, Tally> failures(Connection connection, Place.Stream stream, int atMost)
            throws SQLException {
        var failures = new HashMap<Track, Tally>();
        try (var query = connection.prepareStatement(FAILURES)) {
            query.setObject(1, stream.rollout());
            query.setInt(2, stream.step());
            query.setInt(3, StoredArm.number(stream.arm()));
            query.setString(4, Track.FAILURES);
            query.setInt(5, atMost);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    failures.put(
                            Track.parse(rows.getString(1)),
                            new Tally.Counts(rows.getLong(2), rows.getLong(3)));
                }
            }
        }
        return failures;
    }

    /// Sums of scores; what was corrected may leave a trace of rounding below 0.
    static Tally.Moments scores(long n, double sum, double squares) {
        return new Tally.Moments(n, Math.max(0, sum), Math.max(0, squares), 0);
    }

    static Histogram histogram(@Nullable Array stored) throws SQLException {
        var sum = Histogram.NONE;
        if (stored != null) {
            for (var bytes : (byte[][]) stored.getArray()) {
                sum = sum.plus(Histogram.fromBytes(bytes));
            }
        }
        return sum;
    }

    private static Map<TallyRow, Histogram> histograms(
            Connection connection, String replica, NavigableMap<TallyRow, Tally> tallies)
            throws SQLException {
        var wanted =
                tallies.entrySet().stream()
                        .filter(entry -> entry.getValue() instanceof Histogram)
                        .map(Map.Entry::getKey)
                        .toList();
        var found = new HashMap<TallyRow, Histogram>();
        if (wanted.isEmpty()) {
            return found;
        }
        try (var query = connection.prepareStatement(HISTOGRAMS)) {
            keys(connection, query, 1, wanted);
            query.setString(6, replica);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    var place =
                            new Place(
                                    rows.getObject(1, UUID.class),
                                    rows.getInt(2),
                                    StoredArm.of(rows.getInt(3)),
                                    rows.getInt(4));
                    found.put(
                            new TallyRow(place, rows.getString(5)),
                            Histogram.fromBytes(rows.getBytes(6)));
                }
            }
        }
        return found;
    }

    private static void keys(
            Connection connection,
            java.sql.PreparedStatement statement,
            int from,
            List<TallyRow> rows)
            throws SQLException {
        statement.setArray(from, array(connection, "uuid", rows, row -> row.place.rollout()));
        statement.setArray(from + 1, array(connection, "int4", rows, row -> row.place.step()));
        statement.setArray(
                from + 2,
                array(connection, "int4", rows, row -> StoredArm.number(row.place.arm())));
        statement.setArray(from + 3, array(connection, "int4", rows, row -> row.place.bucket()));
        statement.setArray(from + 4, array(connection, "text", rows, TallyRow::metric));
    }

    private static long bad(Tally tally) {
        return tally instanceof Tally.Counts counts ? counts.bad() : 0;
    }

    private static Tally.Moments moments(Tally tally) {
        return tally instanceof Tally.Moments moments ? moments : Tally.Moments.NONE;
    }

    static <T> Array array(
            Connection connection, String type, List<T> rows, Function<T, @Nullable Object> value)
            throws SQLException {
        var values = rows.stream().map(value);
        // The driver takes no bytes that lie in an array of objects.
        return connection.createArrayOf(
                type, type.equals("bytea") ? values.toArray(byte[][]::new) : values.toArray());
    }
}
