package dev.serin.server.evidence;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// Which calls of a group are judged; the others only count as exposure. It is known before anything of
/// them is stored, so that each is written once.
///
/// @param calls that are new, in the order in which they came
/// @param round what they add to what is known of their callers
/// @param unjudged names of those that are not judged, as far as they have one
/// @param exposed those that are not judged
record Judging(
        List<Placed> calls, Callers.Round round, Set<CallRow.Name> unjudged, Set<Placed> exposed) {

    static Judging of(List<Placed> calls, Callers.Round round) {
        var unjudged = new HashSet<CallRow.Name>();
        Set<Placed> exposed = Collections.newSetFromMap(new IdentityHashMap<>());
        for (var call : calls) {
            if (!isJudged(call, round)) {
                exposed.add(call);
                var name = call.name();
                if (name != null) {
                    unjudged.add(name);
                }
            }
        }
        return new Judging(calls, round, unjudged, exposed);
    }

    boolean isJudged(Placed call) {
        return !exposed.contains(call);
    }

    /// Their keys that are not known to be stored. Forced callers are no part of the split.
    Set<KeyRow> newKeys() {
        var keys = new HashSet<KeyRow>();
        for (var call : calls) {
            var key = call.key();
            if (key != null && !call.isForced()) {
                addIfNew(key, keys);
                if (call.seen().assigned()) {
                    addIfNew(key.asAssigned(), keys);
                }
            }
        }
        return keys;
    }

    private void addIfNew(KeyRow key, Set<KeyRow> keys) {
        if (!round.isStored(key)) {
            keys.add(key);
        }
    }

    /// Those of forced callers are no part of any sum. That an account is used up says nothing about a
    /// model, nor does a call that still runs, unless it is past a limit.
    private static boolean isJudged(Placed call, Callers.Round round) {
        if (call.isForced() || call.isOutOfQuota()) {
            return false;
        }
        var key = call.key();
        boolean inTime = key == null || round.isJudged(key, call.firstTold());
        return inTime && (!call.isRunning() || call.late() != null);
    }
}
