package dev.serin.server.evidence;

import dev.serin.engine.traffic.Arm;
import dev.serin.server.DatabaseFailed;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/// Calls of callers whom a plan forces to an arm. They are counted and judged by nobody.
@ApplicationScoped
public class ForcedCalls {

    private static final String SUMS =
            """
            select f.arm, sum(f.calls), sum(f.bad), sum(f.priced), sum(f.usd),
              (select count(*) from forced_key k where k.rollout = f.rollout and k.arm = f.arm)
            from forced_seen f where f.rollout = ? group by f.rollout, f.arm\
            """;

    private final AgroalDataSource database;

    ForcedCalls(AgroalDataSource database) {
        this.database = database;
    }

    /// What one arm's forced callers met.
    ///
    /// @param keys different callers, of those that are known
    /// @param priced calls whose cost is known
    /// @param usd what those cost
    public record Met(long calls, long keys, long bad, long priced, double usd) {

        public static final Met NOTHING = new Met(0, 0, 0, 0, 0);
    }

    /// Arms without forced calls are left out.
    public Map<Arm, Met> of(UUID rollout) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(SUMS)) {
            query.setObject(1, rollout);
            var met = new EnumMap<Arm, Met>(Arm.class);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    met.put(
                            StoredArm.of(rows.getInt(1)),
                            new Met(
                                    rows.getLong(2),
                                    rows.getLong(6),
                                    rows.getLong(3),
                                    rows.getLong(4),
                                    rows.getDouble(5)));
                }
            }
            return met;
        } catch (SQLException e) {
            throw new DatabaseFailed("the forced calls of " + rollout + " were not read", e);
        }
    }
}
