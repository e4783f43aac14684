package dev.serin.server.evidence;

import static dev.serin.server.evidence.TallyRow.array;

import dev.serin.engine.traffic.Arm;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/// The calls of one arm whose callers the plan forces there.
record ForcedRow(UUID rollout, Arm arm) implements Comparable<ForcedRow> {

    private static final Comparator<ForcedRow> ORDER =
            Comparator.comparing(ForcedRow::rollout).thenComparing(ForcedRow::arm);

    private static final String ADD =
            """
            insert into forced_seen as f (rollout, arm, calls, bad, priced, usd, replica)
            select u.*, ? from unnest(?::uuid[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[],
              ?::float8[]) as u
            on conflict (rollout, arm, replica) do update set
              calls = f.calls + excluded.calls, bad = f.bad + excluded.bad,
              priced = f.priced + excluded.priced, usd = f.usd + excluded.usd\
            """;

    private static final String ADD_KEYS =
            """
            insert into forced_key (rollout, arm, key_hash)
            select u.* from unnest(?::uuid[], ?::int[], ?::bytea[]) as u
            on conflict do nothing\
            """;

    private record Sum(long calls, long bad, long priced, double usd) {

        static Sum of(Placed call) {
            var cost = call.call().costUsd();
            return new Sum(
                    1, call.call().bad() ? 1 : 0, cost == null ? 0 : 1, cost == null ? 0 : cost);
        }

        Sum plus(Sum other) {
            return new Sum(
                    calls + other.calls, bad + other.bad, priced + other.priced, usd + other.usd);
        }
    }

    private record Key(ForcedRow row, String hash) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int rows = row.compareTo(other.row);
            return rows != 0 ? rows : hash.compareTo(other.hash);
        }
    }

    @Override
    public int compareTo(ForcedRow other) {
        return ORDER.compare(this, other);
    }

    /// Counts calls, none of which was known before.
    static void add(Connection connection, String replica, Collection<Placed> calls)
            throws SQLException {
        if (calls.isEmpty()) {
            return;
        }
        var sums = new TreeMap<ForcedRow, Sum>();
        var keys = new TreeSet<Key>();
        for (var call : calls) {
            var row = new ForcedRow(call.place().rollout(), call.place().arm());
            sums.merge(row, Sum.of(call), Sum::plus);
            var hash = call.keyHash();
            if (hash != null) {
                keys.add(new Key(row, hash));
            }
        }
        var rows = List.copyOf(sums.keySet());
        var of = List.copyOf(sums.values());
        try (var insert = connection.prepareStatement(ADD)) {
            insert.setString(1, replica);
            insert.setArray(2, array(connection, "uuid", rows, ForcedRow::rollout));
            insert.setArray(3, array(connection, "int4", rows, ForcedRow::number));
            insert.setArray(4, array(connection, "int8", of, Sum::calls));
            insert.setArray(5, array(connection, "int8", of, Sum::bad));
            insert.setArray(6, array(connection, "int8", of, Sum::priced));
            insert.setArray(7, array(connection, "float8", of, Sum::usd));
            insert.executeUpdate();
        }
        addKeys(connection, List.copyOf(keys));
    }

    private static void addKeys(Connection connection, List<Key> keys) throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        try (var insert = connection.prepareStatement(ADD_KEYS)) {
            insert.setArray(1, array(connection, "uuid", keys, key -> key.row.rollout));
            insert.setArray(2, array(connection, "int4", keys, key -> key.row.number()));
            insert.setArray(
                    3, array(connection, "bytea", keys, key -> HexFormat.of().parseHex(key.hash)));
            insert.executeUpdate();
        }
    }

    private int number() {
        return StoredArm.number(arm);
    }
}
