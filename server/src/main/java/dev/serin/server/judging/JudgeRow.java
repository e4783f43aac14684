package dev.serin.server.judging;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What one process has had judged of one rollout since it was last written down.
///
/// @param leftOut answers that were not judged: too many waited, or all was spent
/// @param trouble why the newest of them got no label; null if it did
record JudgeRow(
        UUID rollout,
        long labelled,
        long unreadable,
        long failed,
        long leftOut,
        double usd,
        @Nullable String trouble) {

    private static final String ADD =
            """
            insert into answer_judge as j
              (rollout, replica, labelled, unreadable, failed, left_out, usd, trouble, at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (rollout, replica) do update set
              labelled = j.labelled + excluded.labelled,
              unreadable = j.unreadable + excluded.unreadable,
              failed = j.failed + excluded.failed,
              left_out = j.left_out + excluded.left_out,
              usd = j.usd + excluded.usd, trouble = excluded.trouble, at = excluded.at\
            """;

    private static final String SPENT =
            "select coalesce(sum(usd), 0) from answer_judge where rollout = ?";

    void add(Connection connection, String replica, Instant now) throws SQLException {
        try (var insert = connection.prepareStatement(ADD)) {
            insert.setObject(1, rollout);
            insert.setString(2, replica);
            insert.setLong(3, labelled);
            insert.setLong(4, unreadable);
            insert.setLong(5, failed);
            insert.setLong(6, leftOut);
            insert.setDouble(7, usd);
            if (trouble == null) {
                insert.setNull(8, Types.VARCHAR);
            } else {
                insert.setString(8, trouble);
            }
            insert.setObject(9, now.atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    /// What the judge of a rollout has cost, through all processes.
    static double spent(Connection connection, UUID rollout) throws SQLException {
        try (var query = connection.prepareStatement(SPENT)) {
            query.setObject(1, rollout);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getDouble(1);
            }
        }
    }
}
