package dev.serin.server.gateway;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One turn of an event loop: it hears the connections that have something to say, one after the
/// other, and then does what has been put off.
///
/// The first that is written in a turn goes out at once, and the rest at its end: where a single call
/// is carried, or the first of many events comes, nobody waits for the loop's own work. Where a turn
/// heard several connections those after it may too, and all of it waits.
final class LoopTurn {

    private static final FastThreadLocal<LoopTurn> MINE =
            new FastThreadLocal<>() {
                @Override
                protected LoopTurn initialValue() {
                    return new LoopTurn();
                }
            };

    /// So many turns that heard one connection each, in a row, tell that the loop has little to do.
    private static final int QUIET_TURNS = 8;

    private List<LateFlush> held = new ArrayList<>();
    private @Nullable LateFlush heard;
    private boolean begun;
    private boolean several;
    private int quietTurns;
    private boolean written;

    private LoopTurn() {}

    /// That of the loop that calls this; it begins with the first that asks for it.
    static LoopTurn of(EventExecutor loop) {
        var turn = MINE.get();
        if (!turn.begun) {
            turn.begun = true;
            loop.execute(turn::end);
        }
        return turn;
    }

    void hears(LateFlush connection) {
        several |= heard != null && heard != connection;
        heard = connection;
    }

    /// Holds what is written to `connection` until the turn ends, and then lets it go; false if it is to go
    /// at once.
    boolean holds(LateFlush connection) {
        if (!written && !several && quietTurns >= QUIET_TURNS) {
            written = true;
            return false;
        }
        held.add(connection);
        return true;
    }

    private void end() {
        begun = false;
        quietTurns = several ? 0 : Math.min(quietTurns + 1, QUIET_TURNS);
        several = false;
        written = false;
        heard = null;
        if (!held.isEmpty()) {
            // Whoever hears that it has gone may write again: that is of the next turn.
            var waited = held;
            held = new ArrayList<>();
            waited.forEach(LateFlush::letGo);
        }
    }
}
