package dev.serin.server.evidence;

import dev.serin.engine.traffic.Arm;
import dev.serin.server.DatabaseFailed;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The calls of a rollout that wait for a label.
@ApplicationScoped
class PendingCalls {

    /// Whose label may still come. A call may have begun up to an hour before the bucket in which it
    /// counts: no earlier one needs to be looked at.
    private static final String WAITING =
            """
            select c.id, c.at, c.step, c.bucket, c.labels::text
            from call c join step_entered s on s.rollout = c.rollout and s.step = c.step
            where c.rollout = ? and c.waits and c.at > ?
              and s.at + (c.bucket + 1) * interval '10 seconds' > ?
            order by c.at, c.id limit ?\
            """;

    private final AgroalDataSource database;
    private final InstantSource clock;

    PendingCalls(AgroalDataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// The oldest first; empty if there is no such rollout.
    Optional<List<PendingCall>> of(UUID rollout, int most) {
        try (var connection = database.getConnection()) {
            var known = Watched.load(connection, Set.of(rollout)).get(rollout);
            return known == null
                    ? Optional.empty()
                    : Optional.of(of(connection, known, clock.instant(), most));
        } catch (SQLException e) {
            throw new DatabaseFailed("the labels of rollout " + rollout + " were not read", e);
        }
    }

    private static List<PendingCall> of(
            Connection connection, Watched rollout, Instant now, int most) throws SQLException {
        var calls = new ArrayList<PendingCall>();
        var labels = rollout.labels();
        if (labels == null) {
            return calls;
        }
        var due = now.minus(labels.deadline());
        try (var query = connection.prepareStatement(WAITING)) {
            query.setObject(1, rollout.id());
            query.setObject(2, due.minus(Storing.BEFORE).atOffset(ZoneOffset.UTC));
            query.setObject(3, due.atOffset(ZoneOffset.UTC));
            query.setInt(4, most);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    // The arm has no part in the deadline, and none in the answer.
                    var place =
                            new Place(rollout.id(), rows.getInt(3), Arm.BASELINE, rows.getInt(4));
                    var at = rows.getObject(2, OffsetDateTime.class).toInstant();
                    var missing = LabelsJson.read(rows.getString(5), at).missing(rollout.wanted());
                    calls.add(new PendingCall(rows.getString(1), at, rollout.due(place), missing));
                }
            }
        }
        return calls;
    }
}
