package dev.serin.server.gateway;

import dev.serin.server.provider.Provider;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Keeps time for one attempt: its provider's patience, and the plan's latency limits, which count against
/// a call at the moment that it passes them. All of it is on one event loop.
final class Vigil {

    private static final double NANOS_BY_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private static final int NOWHERE = -1;

    /// Hears what time brings.
    interface Kept {

        /// The provider was silent for too long.
        void isSilent(Fault fault);

        /// A latency limit has passed.
        void isLate(double limitMs);
    }

    private final Vigils vigils;
    private final Context context;
    private final Provider.Patience patience;
    private final List<Double> limits;
    private final Kept kept;
    private final long began = System.nanoTime();

    private long lastByte = -1;
    private long ended = -1;
    private int place = NOWHERE;
    private int passed;
    private boolean paused;

    /// @param limits in milliseconds, rising
    Vigil(Vertx vertx, Provider.Patience patience, List<Double> limits, Kept kept) {
        this.vigils = Vigils.of(vertx);
        this.context = vertx.getOrCreateContext();
        this.patience = patience;
        this.limits = limits;
        this.kept = kept;
    }

    void begin() {
        if (ended < 0) {
            place = vigils.add(this);
            look();
        }
    }

    /// A byte has come.
    void heard() {
        lastByte = System.nanoTime();
    }

    /// When it began, in monotonic nanoseconds.
    long began() {
        return began;
    }

    /// When the last byte came, in monotonic nanoseconds.
    long lastByte() {
        return lastByte;
    }

    /// So long it has taken, to its end or till now.
    double latencyMs() {
        return millis(ended < 0 ? System.nanoTime() : ended);
    }

    double millis(long nanos) {
        return (nanos - began) / NANOS_BY_MILLI;
    }

    boolean isOver() {
        return ended >= 0;
    }

    /// While nobody takes the answer, the provider is not the one who is silent.
    void pause() {
        paused = true;
    }

    /// Begins anew to wait for the provider.
    ///
    /// @return whether it was paused
    boolean resume() {
        boolean was = paused;
        if (was) {
            paused = false;
            lastByte = System.nanoTime();
        }
        return was;
    }

    void end() {
        if (ended < 0) {
            ended = System.nanoTime();
            if (place != NOWHERE) {
                vigils.remove(place);
            }
        }
    }

    /// Nanoseconds until the next thing is due; none or fewer if it is.
    long left(long now) {
        long silence = silenceLeft(now);
        return passed < limits.size()
                ? Math.min(silence, (long) Math.ceil(limitLeft(now) * NANOS_BY_MILLI))
                : silence;
    }

    /// Its place among the others has changed.
    void moves(int to) {
        place = to;
    }

    /// Something is due. What follows from it belongs to this call, whoever's timer it was.
    void isDue() {
        context.runOnContext(_ -> look());
    }

    private void look() {
        if (ended >= 0) {
            return;
        }
        long now = System.nanoTime();
        while (passed < limits.size() && limitLeft(now) <= 0) {
            kept.isLate(limits.get(passed));
            passed++;
        }
        if (silenceLeft(now) <= 0) {
            kept.isSilent(lastByte < 0 ? Fault.TIMEOUT : Fault.STALLED);
        } else {
            vigils.lookWithin(left(now), now);
        }
    }

    /// Milliseconds to the next latency limit.
    private double limitLeft(long now) {
        return limits.get(passed) - millis(now);
    }

    private long silenceLeft(long now) {
        var limit = lastByte < 0 ? patience.firstByte() : patience.stall();
        return limit.toNanos() - (paused ? 0 : now - (lastByte < 0 ? began : lastByte));
    }
}
