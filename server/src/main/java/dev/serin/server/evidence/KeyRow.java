package dev.serin.server.evidence;

import static dev.serin.server.evidence.TallyRow.array;

import dev.serin.engine.traffic.Arm;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// A key that was seen in a step; each counts once, whichever replica saw it first.
///
/// @param assigned whether Serin itself gave it its arm
/// @param hash of the key, in hex
record KeyRow(UUID rollout, int step, Arm arm, boolean assigned, String hash) {

    private static final Comparator<KeyRow> ORDER =
            Comparator.comparing(KeyRow::rollout)
                    .thenComparingInt(KeyRow::step)
                    .thenComparing(KeyRow::arm)
                    .thenComparing(KeyRow::assigned)
                    .thenComparing(KeyRow::hash);

    private static final String ADD =
            """
            insert into key_seen (rollout, step, arm, assigned, key_hash)
            select u.rollout, u.step, u.arm, u.assigned, u.key_hash
            from unnest(?::uuid[], ?::int[], ?::int[], ?::bool[], ?::bytea[])
              as u (rollout, step, arm, assigned, key_hash)
            on conflict do nothing
            returning rollout, step, arm, assigned, key_hash\
            """;

    /// One that a call named.
    static KeyRow of(Place place, String hash) {
        return new KeyRow(place.rollout(), place.step(), place.arm(), false, hash);
    }

    /// The same, to which Serin gave its arm.
    KeyRow asAssigned() {
        return new KeyRow(rollout, step, arm, true, hash);
    }

    /// Stores keys.
    ///
    /// @return those that were not known before
    static Set<KeyRow> add(Connection connection, Set<KeyRow> keys) throws SQLException {
        var added = new HashSet<KeyRow>();
        if (keys.isEmpty()) {
            return added;
        }
        List<KeyRow> rows = keys.stream().sorted(ORDER).toList();
        try (var insert = connection.prepareStatement(ADD)) {
            insert.setArray(1, array(connection, "uuid", rows, KeyRow::rollout));
            insert.setArray(2, array(connection, "int4", rows, KeyRow::step));
            insert.setArray(3, array(connection, "int4", rows, row -> StoredArm.number(row.arm)));
            insert.setArray(4, array(connection, "bool", rows, KeyRow::assigned));
            insert.setArray(
                    5, array(connection, "bytea", rows, row -> HexFormat.of().parseHex(row.hash)));
            try (var stored = insert.executeQuery()) {
                while (stored.next()) {
                    added.add(
                            new KeyRow(
                                    stored.getObject(1, UUID.class),
                                    stored.getInt(2),
                                    StoredArm.of(stored.getInt(3)),
                                    stored.getBoolean(4),
                                    HexFormat.of().formatHex(stored.getBytes(5))));
                }
            }
        }
        return added;
    }
}
