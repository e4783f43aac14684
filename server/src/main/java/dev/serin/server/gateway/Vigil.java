package dev.serin.server.gateway;

import dev.serin.server.provider.Provider;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Keeps time for one attempt, on one timer: its provider's patience, and the plan's latency limits,
/// which count against a call at the moment that it passes them.
final class Vigil {

    private static final double NANOS_BY_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /// Hears what time brings.
    interface Kept {

        /// The provider was silent for too long.
        void isSilent(Fault fault);

        /// A latency limit has passed.
        void isLate(double limitMs);
    }

    private final Vertx vertx;
    private final Provider.Patience patience;
    private final List<Double> limits;
    private final Kept kept;
    private final long began = System.nanoTime();

    private long lastByte = -1;
    private long ended = -1;
    private long timer = -1;
    private int passed;
    private boolean paused;

    /// @param limits in milliseconds, rising
    Vigil(Vertx vertx, Provider.Patience patience, List<Double> limits, Kept kept) {
        this.vertx = vertx;
        this.patience = patience;
        this.limits = limits;
        this.kept = kept;
    }

    void begin() {
        look();
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
            vertx.cancelTimer(timer);
        }
    }

    private void look() {
        if (ended >= 0) {
            return;
        }
        long now = System.nanoTime();
        while (passed < limits.size() && millis(now) >= limits.get(passed)) {
            kept.isLate(limits.get(passed));
            passed++;
        }
        var limit = lastByte < 0 ? patience.firstByte() : patience.stall();
        var left = limit.minusNanos(paused ? 0 : now - (lastByte < 0 ? began : lastByte));
        if (left.toMillis() <= 0) {
            kept.isSilent(lastByte < 0 ? Fault.TIMEOUT : Fault.STALLED);
        } else {
            timer = vertx.setTimer(Math.max(1, wait(left, now)), _ -> look());
        }
    }

    private long wait(Duration left, long now) {
        return passed < limits.size()
                ? Math.min(left.toMillis(), (long) Math.ceil(limits.get(passed) - millis(now)))
                : left.toMillis();
    }
}
