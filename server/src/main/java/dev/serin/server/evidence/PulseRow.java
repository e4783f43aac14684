package dev.serin.server.evidence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;

/// How often a replica has added evidence to a rollout: it is judged when that has changed.
final class PulseRow {

    private static final String BEAT =
            """
            insert into pulse as p (rollout, replica, n)
            select u, ?, 1 from unnest(?::uuid[]) as u order by u
            on conflict (rollout, replica) do update set n = p.n + 1\
            """;

    private PulseRow() {}

    /// Has rollouts judged, once the transaction of `connection` has committed.
    static void beat(Connection connection, String replica, Set<UUID> rollouts)
            throws SQLException {
        if (rollouts.isEmpty()) {
            return;
        }
        try (var insert = connection.prepareStatement(BEAT)) {
            insert.setString(1, replica);
            insert.setArray(2, connection.createArrayOf("uuid", rollouts.toArray()));
            insert.executeUpdate();
        }
    }
}
