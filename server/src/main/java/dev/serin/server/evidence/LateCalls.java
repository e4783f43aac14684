package dev.serin.server.evidence;

import static dev.serin.server.evidence.TallyRow.array;

import dev.serin.engine.judge.Call;
import dev.serin.engine.judge.Track;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Calls that ended after they had been seen to run past a limit: what counted then does not count
/// again.
///
/// A call that still runs has a row of its own. Its end empties that row, and leaves one where there is
/// none, so that what was seen of the running call counts once, or not at all if it comes after the end.
final class LateCalls {

    private static final String END =
            """
            with told as (
              select c.rollout, c.began, c.id, c.bad, c.counted
              from unnest(?::uuid[], ?::date[], ?::text[]) as u (rollout, began, id)
              join call c on c.rollout = u.rollout and c.began = u.began and c.id = u.id
              order by c.rollout, c.id for update of c),
            emptied as (
              update call as c set bad = '{}', counted = false from told t
              where c.rollout = t.rollout and c.began = t.began and c.id = t.id)
            select rollout, id, bad, counted from told\
            """;

    private static final Call NOTHING = new Call(null, null, null, null, null, null, Map.of());

    private record Told(Placed call, String id) {

        CallRow.Name name() {
            return new CallRow.Name(call.place().rollout(), id);
        }

        Placed emptied() {
            var seen = call.seen();
            return new Placed(
                    call.rollout(),
                    call.place(),
                    call.at(),
                    id,
                    null,
                    new Seen(id, seen.arm(), seen.at(), seen.step(), null, null, false, NOTHING));
        }
    }

    private LateCalls() {}

    /// Ends calls, and empties the rows that were written while they ran.
    ///
    /// @param calls that are new
    /// @return the tracks that have counted each before
    static Map<Placed, Set<Track>> end(Connection connection, Collection<Placed> calls)
            throws SQLException {
        var told = new ArrayList<Told>();
        for (var call : calls) {
            if (call.seen().moment() instanceof Moment.Ended(var ids)) {
                ids.forEach(id -> told.add(new Told(call, id)));
            }
        }
        if (told.isEmpty()) {
            return Map.of();
        }
        var counted = counted(connection, told);
        var tracks = new HashMap<Placed, Set<Track>>();
        for (var one : told) {
            tracks.computeIfAbsent(one.call, _ -> new HashSet<>())
                    .addAll(counted.getOrDefault(one.name(), Set.of()));
        }
        CallRow.add(
                connection,
                told.stream()
                        .filter(one -> !counted.containsKey(one.name()))
                        .map(Told::emptied)
                        .toList());
        return tracks;
    }

    private static Map<CallRow.Name, Set<Track>> counted(Connection connection, List<Told> told)
            throws SQLException {
        var counted = new HashMap<CallRow.Name, Set<Track>>();
        try (var query = connection.prepareStatement(END)) {
            query.setArray(1, array(connection, "uuid", told, one -> one.call.place().rollout()));
            query.setArray(2, array(connection, "date", told, one -> one.call.rollout().began()));
            query.setArray(3, array(connection, "text", told, Told::id));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    var tracks = new HashSet<Track>();
                    if (rows.getBoolean(4)) {
                        Arrays.stream((String[]) rows.getArray(3).getArray())
                                .map(Track::parse)
                                .forEach(tracks::add);
                    }
                    counted.put(
                            new CallRow.Name(rows.getObject(1, UUID.class), rows.getString(2)),
                            tracks);
                }
            }
        }
        return counted;
    }
}
