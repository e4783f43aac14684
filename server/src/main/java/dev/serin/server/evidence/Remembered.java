package dev.serin.server.evidence;

import dev.serin.engine.judge.Recorder;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.server.Bounded;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// What a step has seen so far, as far as this replica knows: the running centres of means, and the
/// classes of failures that are told apart. Any centre that was known before a call is a right one, so
/// other replicas' later calls may be missing; and each replica adds only so many classes.
final class Remembered {

    private static final int MOST_STREAMS = 10_000;

    private final Map<Place.Stream, Tallies> kept = Bounded.byUse(MOST_STREAMS);

    /// What was seen of `stream`: kept in memory, or else read from the stored sums.
    Tallies of(Connection connection, Place.Stream stream, Watched rollout) throws SQLException {
        var known = kept.get(stream);
        if (known != null) {
            return known;
        }
        var stored = TallyRow.failures(connection, stream, Recorder.MOST_CLASSES);
        var means = rollout.tracks().stream().filter(Remembered::isMean).toList();
        if (!means.isEmpty()) {
            stored.putAll(TallyRow.means(connection, stream, means));
        }
        return new Tallies(stored);
    }

    /// Keeps what was seen, once it is committed.
    void keep(Map<Place.Stream, Tallies> seen) {
        kept.putAll(seen);
    }

    /// What is remembered of all that was seen.
    static Tallies only(Tallies all) {
        Map<Track, Tally> kept =
                all.byTrack().entrySet().stream()
                        .filter(entry -> isKept(entry.getKey()))
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        Map.Entry::getValue,
                                        (one, _) -> one,
                                        HashMap::new));
        return new Tallies(kept);
    }

    private static boolean isKept(Track track) {
        return isMean(track) || track instanceof Track.Failures;
    }

    private static boolean isMean(Track track) {
        return switch (track) {
            case Track.Sum _, Track.CostWithFailures _ -> true;
            case Track.Calls _,
                    Track.Marked _,
                    Track.Score _,
                    Track.Chosen _,
                    Track.Reaches _,
                    Track.Spread _,
                    Track.Keys _,
                    Track.Spent _,
                    Track.Failures _ ->
                    false;
        };
    }
}
