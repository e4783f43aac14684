package dev.serin.server.evidence;

import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import dev.serin.server.Bounded;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The running centres of means: what a step has seen so far, as far as this replica knows. Any
/// centre that was known before a call is a right one, so other replicas' later calls may be missing.
final class Means {

    private static final int MOST_STREAMS = 10_000;

    private final Map<Place.Stream, Tallies> kept = Bounded.byUse(MOST_STREAMS);

    /// What was seen of `stream`: kept in memory, or else read from the stored sums.
    Tallies of(Connection connection, Place.Stream stream, Watched rollout) throws SQLException {
        var known = kept.get(stream);
        if (known != null) {
            return known;
        }
        var means = rollout.tracks().stream().filter(Means::isMean).toList();
        return means.isEmpty()
                ? Tallies.NONE
                : new Tallies(TallyRow.means(connection, stream, means));
    }

    /// Keeps what was seen, once it is committed.
    void keep(Map<Place.Stream, Tallies> seen) {
        kept.putAll(seen);
    }

    static Tallies only(Tallies all) {
        Map<Track, Tally> means =
                all.byTrack().entrySet().stream()
                        .filter(entry -> isMean(entry.getKey()))
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        Map.Entry::getValue,
                                        (one, _) -> one,
                                        HashMap::new));
        return new Tallies(means);
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
