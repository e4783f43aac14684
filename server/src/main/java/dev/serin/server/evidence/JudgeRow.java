package dev.serin.server.evidence;

import static dev.serin.server.evidence.TallyRow.array;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who labelled under one name; empty where nobody told.
record JudgeRow(UUID rollout, String label, String judge, String version)
        implements Comparable<JudgeRow> {

    private static final Comparator<JudgeRow> ORDER =
            Comparator.comparing(JudgeRow::rollout)
                    .thenComparing(JudgeRow::label)
                    .thenComparing(JudgeRow::judge)
                    .thenComparing(JudgeRow::version);

    private static final String ADD =
            """
            insert into judge_seen as j (rollout, label, judge, version, labelled, failed, replica)
            select u.*, ? from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::bigint[],
              ?::bigint[]) as u
            on conflict (rollout, label, judge, version, replica) do update set
              labelled = j.labelled + excluded.labelled, failed = j.failed + excluded.failed\
            """;

    /// How often somebody labelled, and how often that failed.
    record Times(long labelled, long failed) {

        Times plus(Times other) {
            return new Times(labelled + other.labelled, failed + other.failed);
        }
    }

    static JudgeRow of(UUID rollout, Label label) {
        return new JudgeRow(rollout, label.name(), told(label.judge()), told(label.version()));
    }

    @Override
    public int compareTo(JudgeRow other) {
        return ORDER.compare(this, other);
    }

    static void add(Connection connection, String replica, NavigableMap<JudgeRow, Times> times)
            throws SQLException {
        if (times.isEmpty()) {
            return;
        }
        var rows = List.copyOf(times.keySet());
        var sums = rows.stream().map(times::get).toList();
        try (var insert = connection.prepareStatement(ADD)) {
            insert.setString(1, replica);
            insert.setArray(2, array(connection, "uuid", rows, JudgeRow::rollout));
            insert.setArray(3, array(connection, "text", rows, JudgeRow::label));
            insert.setArray(4, array(connection, "text", rows, JudgeRow::judge));
            insert.setArray(5, array(connection, "text", rows, JudgeRow::version));
            insert.setArray(6, array(connection, "int8", sums, Times::labelled));
            insert.setArray(7, array(connection, "int8", sums, Times::failed));
            insert.executeUpdate();
        }
    }

    private static String told(@Nullable String name) {
        return Objects.requireNonNullElse(name, "");
    }
}
