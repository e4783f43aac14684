package dev.serin.server.evidence;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.traffic.Arm;
import dev.serin.server.DatabaseFailed;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// Stores the evidence of a run that was played elsewhere, in virtual time.
@ApplicationScoped
public class PastEvidence {

    private static final String REPLICA = "past";

    /// Stretches of time that are kept apart in a step: enough for a picture of its course.
    private static final int STRETCHES = 16;

    private final AgroalDataSource database;

    PastEvidence(AgroalDataSource database) {
        this.database = database;
    }

    /// Stores it within the running transaction. Neighbouring buckets of a long step are summed up in
    /// the last of them: whoever goes through the run again is told no call before it came.
    public void keep(UUID rollout, Evidence evidence) {
        var sums = new TreeMap<TallyRow, Tally>();
        for (var step : evidence.steps()) {
            int width = Integer.highestOneBit(Math.max(1, step.buckets() / STRETCHES));
            for (var bucket : step.filled()) {
                int over = bucket.index() + bucket.width() - 1;
                int last = Math.min(over - over % width + width, step.buckets()) - 1;
                add(rollout, step, last, Arm.CANDIDATE, bucket.candidate(), sums);
                add(rollout, step, last, Arm.BASELINE, bucket.baseline(), sums);
            }
        }
        try (var connection = database.getConnection()) {
            TallyRow.add(connection, REPLICA, sums);
        } catch (SQLException e) {
            throw new DatabaseFailed("the evidence of a past run was not stored", e);
        }
    }

    private static void add(
            UUID rollout,
            StepEvidence step,
            int bucket,
            Arm arm,
            Tallies tallies,
            Map<TallyRow, Tally> sums) {
        var place = new Place(rollout, step.step(), arm, bucket);
        tallies.byTrack()
                .forEach((track, tally) ->
                        sums.merge(new TallyRow(place, metric(track, step)), tally, Tally::plus));
    }

    private static String metric(Track track, StepEvidence step) {
        return track instanceof Track.Keys && step.splitByServer() ? Assigned.METRIC : track.key();
    }
}
