package dev.serin.server.lab;

import dev.serin.simulator.lab.LabReport;
import dev.serin.simulator.lab.LabWatch;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// One run of the lab, while it goes on and afterwards. It goes on as long as somebody looks.
final class LabRun implements LabWatch {

    private final String id;
    private final LabWish wish;
    private final LongSupplier nanos;
    private final long patience;
    private final AtomicLong seen = new AtomicLong();
    private final CompletableFuture<LabReport> report = new CompletableFuture<>();
    private volatile long done;
    private volatile long of;
    private volatile boolean stopped;

    /// @param nanos a clock that only goes forward
    /// @param patience how long the run goes on when nobody looks
    LabRun(String id, LabWish wish, LongSupplier nanos, Duration patience) {
        this.id = id;
        this.wish = wish;
        this.nanos = nanos;
        this.patience = patience.toNanos();
        look();
    }

    String id() {
        return id;
    }

    LabWish wish() {
        return wish;
    }

    /// Notes that somebody looks.
    void look() {
        seen.set(nanos.getAsLong());
    }

    /// Ends it with what it has so far.
    void stop() {
        stopped = true;
    }

    /// Rollouts that were played so far.
    long done() {
        return done;
    }

    /// All that are to be played; 0 while it waits for its turn.
    long of() {
        return of;
    }

    CompletableFuture<LabReport> report() {
        return report;
    }

    @Override
    public void played(long soFar, long of) {
        done = soFar;
        this.of = of;
    }

    @Override
    public boolean goesOn() {
        return !stopped && nanos.getAsLong() - seen.get() < patience;
    }
}
