package dev.serin.server.evidence;

import static dev.serin.server.evidence.TallyRow.array;

import dev.serin.engine.judge.Metric;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/// A stored call whose labels may change, locked until the transaction ends.
final class KnownCall {

    /// In one order everywhere, so that two replicas never wait for each other for ever.
    private static final String LOCK =
            """
            select rollout, began, id, step, arm, coalesce(bucket, 0), counted and bucket is not null,
              labels::text, bad, at
            from call where id = any (?) order by rollout, id for update\
            """;

    private static final String UPDATE =
            """
            update call as c set labels = u.labels::jsonb,
              bad = coalesce(string_to_array(nullif(u.bad, ''), E'\\n'), '{}'),
              counted = u.counted, waits = u.waits
            from unnest(?::uuid[], ?::date[], ?::text[], ?::text[], ?::text[], ?::bool[], ?::bool[])
              as u (rollout, began, id, labels, bad, counted, waits)
            where c.rollout = u.rollout and c.began = u.began and c.id = u.id\
            """;

    private final LocalDate began;
    private final String id;
    private final Place place;
    private final boolean counted;
    private final CallLabels labels;
    private final TreeSet<String> bad;
    private boolean waits;

    private KnownCall(ResultSet row) throws SQLException {
        began = row.getObject(2, LocalDate.class);
        id = row.getString(3);
        place =
                new Place(
                        row.getObject(1, UUID.class),
                        row.getInt(4),
                        StoredArm.of(row.getInt(5)),
                        row.getInt(6));
        counted = row.getBoolean(7);
        labels =
                LabelsJson.read(
                        row.getString(8), row.getObject(10, OffsetDateTime.class).toInstant());
        bad = new TreeSet<>(Arrays.asList((String[]) row.getArray(9).getArray()));
    }

    /// The calls with these ids, of any rollout.
    static List<KnownCall> lock(Connection connection, Collection<String> ids) throws SQLException {
        var calls = new ArrayList<KnownCall>();
        if (ids.isEmpty()) {
            return calls;
        }
        try (var query = connection.prepareStatement(LOCK)) {
            query.setArray(1, connection.createArrayOf("text", ids.toArray()));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    calls.add(new KnownCall(rows));
                }
            }
        }
        return calls;
    }

    static void update(Connection connection, List<KnownCall> calls) throws SQLException {
        if (calls.isEmpty()) {
            return;
        }
        try (var update = connection.prepareStatement(UPDATE)) {
            update.setArray(1, array(connection, "uuid", calls, call -> call.place.rollout()));
            update.setArray(2, array(connection, "date", calls, call -> call.began));
            update.setArray(3, array(connection, "text", calls, call -> call.id));
            update.setArray(
                    4, array(connection, "text", calls, call -> LabelsJson.write(call.labels)));
            update.setArray(
                    5, array(connection, "text", calls, call -> String.join("\n", call.bad)));
            update.setArray(6, array(connection, "bool", calls, call -> call.counted));
            update.setArray(7, array(connection, "bool", calls, call -> call.waits));
            update.executeUpdate();
        }
    }

    String id() {
        return id;
    }

    Place place() {
        return place;
    }

    /// Whether labels that come later count.
    boolean counted() {
        return counted;
    }

    /// Whether anything that counts is known to be bad.
    boolean isBad() {
        return bad.contains(Metric.Rate.ERROR) || labels.isBad();
    }

    /// Takes a label, and remembers which track counts the call as bad.
    CallLabels.Taken take(Label label, Instant received, boolean mayCount, Watched rollout) {
        var taken = labels.take(label, received, mayCount);
        var track = rollout.marked(label.name());
        if (track != null && taken.now().counts()) {
            if (taken.now().verdict().equals(new Verdict.Mark(true))) {
                bad.add(track.key());
            } else {
                bad.remove(track.key());
            }
        }
        waits = counted && !labels.missing(rollout.wanted()).isEmpty();
        return taken;
    }
}
