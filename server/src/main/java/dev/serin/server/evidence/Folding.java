package dev.serin.server.evidence;

import dev.serin.engine.judge.Recorder;
import dev.serin.engine.judge.Tallies;
import dev.serin.engine.judge.Tally;
import dev.serin.engine.judge.Track;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Sums up one group of calls for one transaction.
final class Folding {

    private static final Tally ONE = new Tally.Counts(1, 0);
    private static final Tally ONE_BAD = new Tally.Counts(1, 1);

    private final Connection connection;
    private final Remembered remembered;
    private final Judging judging;
    private final TreeMap<TallyRow, Tally> sums = new TreeMap<>();
    private final Map<Place.Stream, Tallies> seen = new HashMap<>();
    private final Map<Placed, Set<Track>> told;

    /// @param told the tracks that have counted a call before
    Folding(
            Connection connection,
            Remembered remembered,
            Judging judging,
            Map<Placed, Set<Track>> told) {
        this.connection = connection;
        this.remembered = remembered;
        this.judging = judging;
        this.told = told;
    }

    /// Takes the calls in the order in which they came. Those of forced callers are no part of any sum.
    ///
    /// @param firstSeen the keys that the step had not seen before
    void takeCalls(Set<KeyRow> firstSeen) throws SQLException {
        var left = new HashSet<>(firstSeen);
        var byPlace = new LinkedHashMap<Place, List<Placed>>();
        for (var call : judging.calls()) {
            if (!call.isForced()) {
                byPlace.computeIfAbsent(call.place(), _ -> new ArrayList<>()).add(call);
            }
        }
        for (var place : byPlace.keySet().stream().sorted().toList()) {
            fold(place, byPlace.getOrDefault(place, List.of()), left);
        }
    }

    /// Takes a key to which Serin gave an arm.
    void take(Place place) {
        add(place, Assigned.METRIC, ONE);
    }

    NavigableMap<TallyRow, Tally> sums() {
        return sums;
    }

    Map<Place.Stream, Tallies> seen() {
        return seen;
    }

    private void fold(Place place, List<Placed> calls, Set<KeyRow> firstSeen) throws SQLException {
        var rollout = calls.getFirst().rollout();
        var before = seen.get(place.stream());
        if (before == null) {
            before = remembered.of(connection, place.stream(), rollout);
        }
        var recorder = new Recorder(rollout.tracks(), before);
        for (var call : calls) {
            if (call.isOutOfQuota()) {
                add(place, new Track.Failures(Placed.QUOTA).key(), ONE_BAD);
                continue;
            }
            see(call.key(), place, recorder, firstSeen);
            if (call.isRunning()) {
                run(call);
            } else if (judging.isJudged(call)) {
                recorder.record(call.call(), toldBefore(call));
            } else {
                add(place, new Track.Calls().key(), call.call().bad() ? ONE_BAD : ONE);
            }
        }
        var spent = spent(calls);
        if (spent.n() > 0) {
            add(place, new Track.Spent().key(), spent);
        }
        var tallies = recorder.tallies();
        tallies.byTrack().forEach((track, tally) -> add(place, track.key(), tally));
        seen.put(place.stream(), Remembered.only(before.plus(tallies)));
    }

    /// Mostly there are none, and to look a call up is to hash all that it holds.
    private Set<Track> toldBefore(Placed call) {
        return told.isEmpty() ? Set.of() : told.getOrDefault(call, Set.of());
    }

    /// What the calls that are exposure cost, judged or not.
    private static Tally.Moments spent(List<Placed> calls) {
        var costs =
                calls.stream()
                        .filter(call -> !call.isOutOfQuota() && !call.isRunning())
                        .map(call -> call.call().costUsd())
                        .filter(Objects::nonNull)
                        .mapToDouble(Double::doubleValue)
                        .summaryStatistics();
        return new Tally.Moments(costs.getCount(), costs.getSum(), 0, 0);
    }

    /// Of a call that still runs, only that it is past a limit is known.
    private void run(Placed call) {
        var late = call.late();
        if (late != null && judging.isJudged(call)) {
            add(call.place(), late.key(), ONE_BAD);
        }
    }

    private void see(@Nullable KeyRow key, Place place, Recorder recorder, Set<KeyRow> firstSeen) {
        if (key == null || firstSeen.isEmpty()) {
            return;
        }
        if (firstSeen.remove(key)) {
            recorder.firstSeenKey();
        }
        if (firstSeen.remove(key.asAssigned())) {
            take(place);
        }
    }

    private void add(Place place, String metric, Tally tally) {
        sums.merge(new TallyRow(place, metric), tally, Tally::plus);
    }
}
