package dev.serin.server.evidence;

import static dev.serin.server.evidence.TallyRow.array;

import dev.serin.server.access.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A label whose call nobody has reported yet.
///
/// @param rollout the call's, or [Batch#ANY]
/// @param scope the teams whose calls it may be of
record WaitingRow(String call, UUID rollout, Scope scope, Label label, Instant received) {

    private static final String ADD =
            """
            insert into label_waiting
              (id, rollout, name, verdict, judge, version, at, received_at, teams)
            select u.id, u.rollout, u.name, u.verdict::jsonb, u.judge, u.version, u.at,
              u.received_at, string_to_array(u.teams, ',')
            from unnest(?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::timestamptz[], ?::timestamptz[], ?::text[]) with ordinality
              as u (id, rollout, name, verdict, judge, version, at, received_at, teams, nr)
            order by u.nr\
            """;

    private static final String TAKE =
            """
            delete from label_waiting w
            using unnest(?::text[], ?::uuid[]) as u (id, rollout)
            where w.id = u.id and (w.rollout = u.rollout or w.rollout = ?)
              and (w.teams is null
                or exists (select from rollout r where r.id = u.rollout and r.team = any (w.teams)))
            returning w.seq, w.id, u.rollout, w.name, w.verdict::text, w.judge, w.version, w.at,
              w.received_at\
            """;

    private static final String ANY = "select exists (select from label_waiting)";

    private static final String FORGET = "delete from label_waiting where received_at < ?";

    static void add(Connection connection, List<WaitingRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (var insert = connection.prepareStatement(ADD)) {
            insert.setArray(1, array(connection, "text", rows, WaitingRow::call));
            insert.setArray(2, array(connection, "uuid", rows, WaitingRow::rollout));
            insert.setArray(3, array(connection, "text", rows, row -> row.label.name()));
            insert.setArray(
                    4,
                    array(
                            connection,
                            "text",
                            rows,
                            row -> LabelsJson.write(row.label.verdict(), row.label.score())));
            insert.setArray(5, array(connection, "text", rows, row -> row.label.judge()));
            insert.setArray(6, array(connection, "text", rows, row -> row.label.version()));
            insert.setArray(
                    7, array(connection, "timestamptz", rows, row -> stored(row.label.at())));
            insert.setArray(8, array(connection, "timestamptz", rows, row -> stored(row.received)));
            insert.setArray(9, array(connection, "text", rows, row -> teams(row.scope)));
            insert.executeUpdate();
        }
    }

    /// Mostly there are none, and to look for each call's would cost more than to store it.
    private static boolean isAny(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement(ANY);
                var rows = query.executeQuery()) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /// Takes out the labels that wait for these calls, in the order in which they came.
    static List<WaitingRow> take(Connection connection, Collection<CallRow.Name> calls)
            throws SQLException {
        var found = new ArrayList<Numbered>();
        if (calls.isEmpty() || !isAny(connection)) {
            return List.of();
        }
        var names = List.copyOf(calls);
        try (var delete = connection.prepareStatement(TAKE)) {
            delete.setArray(1, array(connection, "text", names, CallRow.Name::id));
            delete.setArray(2, array(connection, "uuid", names, CallRow.Name::rollout));
            delete.setObject(3, Batch.ANY);
            try (var rows = delete.executeQuery()) {
                while (rows.next()) {
                    found.add(new Numbered(rows.getLong(1), of(rows)));
                }
            }
        }
        return found.stream()
                .sorted(Comparator.comparingLong(Numbered::seq))
                .map(Numbered::row)
                .toList();
    }

    /// Lets go of those that came before a moment.
    ///
    /// @return how many there were
    static int forget(Connection connection, Instant before) throws SQLException {
        try (var delete = connection.prepareStatement(FORGET)) {
            delete.setObject(1, stored(before));
            return delete.executeUpdate();
        }
    }

    private record Numbered(long seq, WaitingRow row) {}

    private static WaitingRow of(ResultSet row) throws SQLException {
        var said = row.getObject(8, OffsetDateTime.class);
        var verdict = Objects.requireNonNull(row.getString(5));
        return new WaitingRow(
                row.getString(2),
                row.getObject(3, UUID.class),
                Scope.EVERYWHERE, // it was asked for by this when its call was found
                new Label(
                        row.getString(4),
                        LabelsJson.read(verdict),
                        row.getString(6),
                        row.getString(7),
                        said == null ? null : said.toInstant(),
                        LabelsJson.readScore(verdict)),
                row.getObject(9, OffsetDateTime.class).toInstant());
    }

    /// A team's name has no comma. Null where the label may be of any call.
    private static @Nullable String teams(Scope scope) {
        return scope.everywhere() ? null : String.join(",", scope.names());
    }

    private static @Nullable OffsetDateTime stored(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
