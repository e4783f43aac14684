package dev.serin.server.evidence;

import dev.serin.engine.traffic.Arm;
import dev.serin.server.DatabaseFailed;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The newest bad calls of a rollout, so that a person can look at some: never their text.
@ApplicationScoped
public class BadCalls {

    /// A part of a page; more is for the tool behind the trace link.
    public static final int MOST = 20;

    private static final String NEWEST =
            """
            select c.id, c.step, c.at, c.bad, c.error_class, c.trace_id, c.latency_ms, c.cost_usd
            from call c
            where c.rollout = ? and c.arm = ? and c.bad <> '{}' and (? = '' or ? = any (c.bad))
              and c.began = (select (started_at at time zone 'UTC')::date from rollout where id = ?)
            order by c.at desc limit ?\
            """;

    private final AgroalDataSource database;

    BadCalls(AgroalDataSource database) {
        this.database = database;
    }

    /// A call that something counts as bad.
    ///
    /// @param id the sender's name for it, or one that begins with `-` where it gave none
    /// @param bad keys of the tracks that count it as bad, such as `error` or `latency_ms>=5000`
    public record BadCall(
            String id,
            int step,
            Arm arm,
            Instant at,
            List<String> bad,
            @Nullable String errorClass,
            @Nullable String traceId,
            @Nullable Double latencyMs,
            @Nullable Double costUsd) {

        public BadCall {
            bad = List.copyOf(bad);
        }
    }

    /// The newest first, at most [#MOST].
    ///
    /// @param track key of the track that counts it as bad; empty for any
    public List<BadCall> newest(UUID rollout, Arm arm, String track) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(NEWEST)) {
            query.setObject(1, rollout);
            query.setInt(2, StoredArm.number(arm));
            query.setString(3, track);
            query.setString(4, track);
            query.setObject(5, rollout);
            query.setInt(6, MOST);
            var calls = new ArrayList<BadCall>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    calls.add(call(rows, arm));
                }
            }
            return calls;
        } catch (SQLException e) {
            throw new DatabaseFailed("the bad calls of rollout " + rollout + " were not read", e);
        }
    }

    private static BadCall call(ResultSet row, Arm arm) throws SQLException {
        return new BadCall(
                row.getString(1),
                row.getInt(2),
                arm,
                row.getObject(3, OffsetDateTime.class).toInstant(),
                Stream.of((String[]) row.getArray(4).getArray()).toList(),
                row.getString(5),
                row.getString(6),
                row.getObject(7, Double.class),
                row.getObject(8, Double.class));
    }
}
