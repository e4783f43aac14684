package dev.serin.server.evidence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Sees to it that a label and its call never miss each other.
///
/// A transaction that stores calls looks for labels that wait for them; one that lets a label wait has
/// looked for its call. If both ran at the same time, neither would see what the other writes. So the
/// latter comes alone. Each takes its turn before any other lock, so nobody waits in a ring.
///
/// **Given up:** labels that come before their calls hold up all intake for the length of a commit.
final class Turn {

    private static final long LOCK = 0x5e21_0002L;

    private static final String TOGETHER = "select pg_advisory_xact_lock_shared(" + LOCK + ")";
    private static final String ALONE = "select pg_advisory_xact_lock(" + LOCK + ")";

    private static final String KNOWN = "select distinct id from call where id = any (?)";

    private Turn() {}

    static void take(Connection connection, List<Batch> group) throws SQLException {
        var labelled =
                group.stream()
                        .flatMap(batch -> batch.feedback().stream())
                        .map(Feedback::call)
                        .collect(Collectors.toUnmodifiableSet());
        boolean alone = !labelled.isEmpty() && isAnyUnknown(connection, labelled);
        boolean calls =
                group.stream()
                        .flatMap(batch -> batch.rows().stream())
                        .anyMatch(row -> row.seen().id() != null);
        if (alone || calls) {
            try (var lock = connection.prepareStatement(alone ? ALONE : TOGETHER)) {
                lock.execute();
            }
        }
    }

    private static boolean isAnyUnknown(Connection connection, Set<String> names)
            throws SQLException {
        var unknown = new HashSet<>(names);
        try (var query = connection.prepareStatement(KNOWN)) {
            query.setArray(1, connection.createArrayOf("text", names.toArray()));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    unknown.remove(rows.getString(1));
                }
            }
        }
        CallSpan.find(connection, unknown).forEach(found -> unknown.remove(found.span()));
        return !unknown.isEmpty();
    }
}
