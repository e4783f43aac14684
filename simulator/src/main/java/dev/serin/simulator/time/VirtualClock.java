package dev.serin.simulator.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until [#advance(Duration)]. It belongs to one thread.
public final class VirtualClock implements InstantSource {

    private Instant now;

    public VirtualClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /// Lets time pass and tells the new one.
    ///
    /// @param time 0 or more
    public Instant advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time only passes forward, got " + time);
        }
        now = now.plus(time);
        return now;
    }
}
