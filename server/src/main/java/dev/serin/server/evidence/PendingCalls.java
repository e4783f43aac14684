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

    /// A call may have begun so long before the bucket in which it counts.
    private static final String WAITING =
            """
            select id, at, step, bucket, labels::text from call
            where rollout = ? and waits and at > ? order by at, id\
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
        var oldest = now.minus(labels.deadline()).minus(Storing.BEFORE);
        try (var query = connection.prepareStatement(WAITING)) {
            query.setObject(1, rollout.id());
            query.setObject(2, oldest.atOffset(ZoneOffset.UTC));
            query.setFetchSize(most);
            try (var rows = query.executeQuery()) {
                while (calls.size() < most && rows.next()) {
                    // The arm has no part in the deadline, and none in the answer.
                    var place =
                            new Place(rollout.id(), rows.getInt(3), Arm.BASELINE, rows.getInt(4));
                    if (!rollout.isInTime(place, now)) {
                        continue;
                    }
                    var at = rows.getObject(2, OffsetDateTime.class).toInstant();
                    var missing = LabelsJson.read(rows.getString(5), at).missing(rollout.wanted());
                    calls.add(new PendingCall(rows.getString(1), at, rollout.due(place), missing));
                }
            }
        }
        return calls;
    }
}
