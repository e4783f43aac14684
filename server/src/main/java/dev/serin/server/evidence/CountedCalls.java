package dev.serin.server.evidence;

import dev.serin.engine.judge.StepEvidence;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.engine.traffic.Arm;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// Takes calls that somebody else has counted, of which nobody knows one by one.
@ApplicationScoped
public class CountedCalls {

    private final String replica;

    CountedCalls(Replica replica) {
        // Rows of its own, so that it and intake never wait for one another.
        this.replica = replica.name() + "-counted";
    }

    /// Calls of one arm that were counted between two readings of a counter.
    ///
    /// @param entered when the step was entered
    /// @param at when they were counted; that is the stretch of time in which they are judged
    public record Addition(
            int step, Arm arm, Instant entered, Instant at, Track track, Tally.Counts counts) {}

    /// Adds them up within the transaction of `connection`, and has the rollout judged.
    public void add(Connection connection, UUID rollout, List<Addition> additions)
            throws SQLException {
        var sums = new TreeMap<TallyRow, Tally>();
        for (var each : additions) {
            int bucket = StepEvidence.bucketOf(each.entered, each.at);
            var place = new Place(rollout, each.step, each.arm, bucket);
            sums.merge(new TallyRow(place, each.track.key()), each.counts, Tally::plus);
        }
        TallyRow.add(connection, replica, sums);
        PulseRow.beat(connection, replica, Set.of(rollout));
    }
}
