package dev.serin.server.gateway;

import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The vigils of one event loop, on one timer.
///
/// Nearly every call ends before anything of it is due. A timer that is set and taken back for each would
/// cost more than most of what is done for it; here the next moment at which anything may be due is
/// known, and what has ended by then is passed over.
final class Vigils {

    private static final FastThreadLocal<@Nullable Vigils> OF_THIS_LOOP = new FastThreadLocal<>();

    private static final long NEVER = Long.MAX_VALUE;
    private static final long NANOS_BY_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Vertx vertx;
    private final List<Vigil> kept = new ArrayList<>();
    private long next = NEVER;
    private long timer = -1;

    private Vigils(Vertx vertx) {
        this.vertx = vertx;
    }

    /// Those of the event loop that asks.
    static Vigils of(Vertx vertx) {
        var mine = OF_THIS_LOOP.get();
        if (mine == null) {
            mine = new Vigils(vertx);
            OF_THIS_LOOP.set(mine);
        }
        return mine;
    }

    /// Keeps time for one more.
    ///
    /// @return its place
    int add(Vigil vigil) {
        kept.add(vigil);
        return kept.size() - 1;
    }

    /// Keeps no time for one any more.
    ///
    /// @param place that it has now
    void remove(int place) {
        var last = kept.removeLast();
        if (place < kept.size()) {
            kept.set(place, last);
            last.moves(place);
        }
    }

    /// Looks no later than after so many nanoseconds, of which there are more than 0.
    void lookWithin(long nanos, long now) {
        if (next != NEVER && next - now <= nanos) {
            return;
        }
        if (next != NEVER) {
            vertx.cancelTimer(timer);
        }
        next = now + nanos;
        timer = vertx.setTimer(Math.ceilDiv(nanos, NANOS_BY_MILLI), _ -> look());
    }

    private void look() {
        next = NEVER;
        long now = System.nanoTime();
        long soonest = NEVER;
        for (var vigil : kept) {
            long left = vigil.left(now);
            if (left <= 0) {
                vigil.isDue();
            } else {
                soonest = Math.min(soonest, left);
            }
        }
        if (soonest != NEVER) {
            lookWithin(soonest, now);
        }
    }
}
