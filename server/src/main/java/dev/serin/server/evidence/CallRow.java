package dev.serin.server.evidence;

import static dev.serin.server.evidence.TallyRow.array;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A single call, as it is stored.
final class CallRow {

    /// A call's name among all rollouts.
    record Name(UUID rollout, String id) {}

    /// Separates the tracks of one call in a text, since arrays of arrays cannot be unnested.
    private static final String BETWEEN = "\n";

    /// Those that are written when a call is new.
    static final String COLUMNS =
            "rollout, began, id, step, arm, at, key_hash, labels, bad, error_class, trace_id, "
                    + "latency_ms, cost_usd, bucket, counted, waits, numbers";

    static final int NUMBER_OF_COLUMNS = COLUMNS.split(",", -1).length;

    private static final String ADD =
            """
            insert into call (%1$s)
            select u.rollout, u.began, u.id, u.step, u.arm, u.at, u.key_hash, u.labels::jsonb,
              coalesce(string_to_array(nullif(u.bad, ''), E'\\n'), '{}'), u.error_class, u.trace_id,
              u.latency_ms, u.cost_usd, u.bucket, u.counted, u.waits, u.numbers::jsonb
            from unnest(?::uuid[], ?::date[], ?::text[], ?::int[], ?::int[], ?::timestamptz[],
                ?::bytea[], ?::text[], ?::text[], ?::text[], ?::text[], ?::float8[], ?::float8[],
                ?::int[], ?::bool[], ?::bool[], ?::text[])
              as u (%1$s)
            on conflict do nothing
            returning rollout, id\
            """
                    .formatted(COLUMNS);

    private static final String UNCOUNT =
            """
            update call as c set counted = false, waits = false, labels =
              (select jsonb_object_agg(l.key, l.value - 'counts') from jsonb_each(c.labels) as l)
            from unnest(?::uuid[], ?::text[]) as u (rollout, id)
            where c.rollout = u.rollout and c.id = u.id\
            """;

    private static final Comparator<Watched> BY_DAY =
            Comparator.comparing(Watched::began).thenComparing(Watched::id);

    private CallRow() {}

    /// Stores calls, each with an id.
    ///
    /// @return those that were not known before
    static Set<Name> add(Connection connection, List<Placed> calls) throws SQLException {
        var added = new HashSet<Name>();
        if (calls.isEmpty()) {
            return added;
        }
        var rows = inOrder(calls);
        try (var insert = connection.prepareStatement(ADD)) {
            insert.setArray(1, array(connection, "uuid", rows, row -> row.place().rollout()));
            insert.setArray(2, array(connection, "date", rows, row -> row.rollout().began()));
            insert.setArray(3, array(connection, "text", rows, Placed::id));
            insert.setArray(4, array(connection, "int4", rows, row -> row.place().step()));
            insert.setArray(
                    5, array(connection, "int4", rows, row -> StoredArm.number(row.place().arm())));
            insert.setArray(
                    6,
                    array(
                            connection,
                            "timestamptz",
                            rows,
                            row -> row.at().atOffset(ZoneOffset.UTC)));
            insert.setArray(7, array(connection, "bytea", rows, row -> bytes(row.keyHash())));
            insert.setArray(
                    8, array(connection, "text", rows, row -> LabelsJson.write(row.labels(true))));
            insert.setArray(
                    9, array(connection, "text", rows, row -> String.join(BETWEEN, row.bad())));
            insert.setArray(10, array(connection, "text", rows, row -> row.call().errorClass()));
            insert.setArray(11, array(connection, "text", rows, row -> row.seen().traceId()));
            insert.setArray(12, array(connection, "float8", rows, row -> row.call().latencyMs()));
            insert.setArray(13, array(connection, "float8", rows, row -> row.call().costUsd()));
            insert.setArray(14, array(connection, "int4", rows, row -> row.place().bucket()));
            insert.setArray(15, array(connection, "bool", rows, Placed::countsLabels));
            insert.setArray(16, array(connection, "bool", rows, Placed::waits));
            insert.setArray(
                    17,
                    array(
                            connection,
                            "text",
                            rows,
                            row -> NumbersJson.write(row.call().numbers())));
            try (var stored = insert.executeQuery()) {
                while (stored.next()) {
                    added.add(new Name(stored.getObject(1, UUID.class), stored.getString(2)));
                }
            }
        }
        return added;
    }

    /// In one order everywhere, or two replicas with the same calls wait for each other for ever: day
    /// by day, since `COPY` goes from partition to partition.
    static List<Placed> inOrder(Collection<Placed> calls) {
        return calls.stream().sorted(CallRow::order).toList();
    }

    /// Most calls that are stored together are of one rollout.
    private static int order(Placed one, Placed other) {
        int days =
                one.place().rollout().equals(other.place().rollout())
                        ? 0
                        : BY_DAY.compare(one.rollout(), other.rollout());
        return days == 0 ? String.valueOf(one.id()).compareTo(String.valueOf(other.id())) : days;
    }

    private static byte @Nullable [] bytes(@Nullable String hex) {
        return hex == null ? null : HexFormat.of().parseHex(hex);
    }

    /// No label of these calls counts, for they are not judged.
    static void uncount(Connection connection, Collection<Name> calls) throws SQLException {
        if (calls.isEmpty()) {
            return;
        }
        var rows = List.copyOf(calls);
        try (var update = connection.prepareStatement(UNCOUNT)) {
            update.setArray(1, array(connection, "uuid", rows, Name::rollout));
            update.setArray(2, array(connection, "text", rows, Name::id));
            update.executeUpdate();
        }
    }
}
