package dev.serin.server.demo;

import dev.serin.server.breaker.Breaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One fault's turn, as it stands or as it ended.
///
/// @param since how long it has been going on
/// @param before what callers met before the fault
/// @param met what they met from the moment it began until it ended
/// @param after what they met then
/// @param from when the fault began, after the turn's own beginning; null before
/// @param to when it ended; null before
/// @param opens when the breaker was first seen open, after the fault began; null if it never was
/// @param breaker where it stands, or stood when the turn ended
/// @param rests how long the provider still rests
/// @param decided how long after the fault began the upgrade had ended; null if it has not
/// @param upgrade that the fault struck; null before it began
/// @param again the same upgrade, tried once more when the fault was over; null before
/// @param burns how fast the error budget burned, in the order of time
/// @param broke why it could not be played to its end; null if it could
record ChaosTurn(
        ChaosCase each,
        Act act,
        Duration since,
        ClientTally before,
        ClientTally met,
        ClientTally after,
        @Nullable Duration from,
        @Nullable Duration to,
        @Nullable Duration opens,
        Breaker.State breaker,
        Duration rests,
        @Nullable Duration decided,
        @Nullable ChaosUpgrade upgrade,
        @Nullable ChaosUpgrade again,
        List<Burn> burns,
        @Nullable String broke) {

    /// What goes on.
    enum Act {
        /// The candidate answers well.
        WELL,
        /// The fault acts.
        FAULT,
        /// It is over, and the candidate is tried again.
        AGAIN,
        /// All is played.
        OVER
    }

    /// How fast the budget burned at a moment.
    ///
    /// @param pace 1 uses the budget up exactly
    record Burn(Duration at, double pace) {}

    ChaosTurn {
        burns = List.copyOf(burns);
    }

    /// Calls that failed for their callers, in all of the turn.
    long failed() {
        return before.failed() + met.failed() + after.failed();
    }

    double burnMost() {
        return burns.stream().mapToDouble(Burn::pace).max().orElse(0);
    }

    double burnNow() {
        return burns.isEmpty() ? 0 : burns.getLast().pace();
    }

    /// What did not go as it must, in sentences; empty if all did.
    List<String> wrongs() {
        if (broke != null) {
            return List.of(broke);
        }
        var wrongs = new ArrayList<String>();
        if (failed() > 0) {
            wrongs.add("%d calls failed for their callers, and none must".formatted(failed()));
        }
        if (from == null) {
            wrongs.add("the fault did not begin, for the candidate never answered enough calls");
            return wrongs;
        }
        if (each.isIllness() && opens == null) {
            wrongs.add("the breaker must open, and did not");
        }
        if (!each.isIllness() && opens != null) {
            wrongs.add("the breaker must stay closed, and opened");
        }
        if (met.replaced() == 0) {
            wrongs.add("the baseline must answer in the candidate's place, and never did");
        }
        expect(wrongs, "the upgrade", upgrade, "breached");
        expect(wrongs, "the second try", again, "promoted");
        if (!(burnMost() > 1)) {
            wrongs.add("the error budget must burn too fast, and did not");
        }
        if (!(burnNow() < 1)) {
            wrongs.add("the error budget must recover, and did not");
        }
        return wrongs;
    }

    private static void expect(
            List<String> wrongs, String what, @Nullable ChaosUpgrade of, String outcome) {
        var word = of == null ? "not begun" : of.word();
        if (!word.equals(outcome)) {
            wrongs.add("%s must be %s, and was %s".formatted(what, outcome, word));
        }
    }
}
