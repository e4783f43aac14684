package dev.serin.server.evidence;

import dev.serin.server.DatabaseFailed;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Who labelled the calls of a rollout.
@ApplicationScoped
public class Judges {

    private static final String SEEN =
            """
            select label, judge, version, sum(labelled), sum(failed) from judge_seen
            where rollout = ? group by 1, 2, 3 order by 1, 2, 3 limit 200\
            """;

    private final AgroalDataSource database;

    Judges(AgroalDataSource database) {
        this.database = database;
    }

    /// A judge, as it named itself; empty where it did not.
    ///
    /// @param labelled verdicts and scores that it gave, corrections among them
    /// @param failed how often it could not tell
    public record Judge(String label, String name, String version, long labelled, long failed) {}

    public List<Judge> of(UUID rollout) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(SEEN)) {
            query.setObject(1, rollout);
            var judges = new ArrayList<Judge>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    judges.add(
                            new Judge(
                                    rows.getString(1),
                                    rows.getString(2),
                                    rows.getString(3),
                                    rows.getLong(4),
                                    rows.getLong(5)));
                }
            }
            return judges;
        } catch (SQLException e) {
            throw new DatabaseFailed("the judges of rollout " + rollout + " were not read", e);
        }
    }
}
