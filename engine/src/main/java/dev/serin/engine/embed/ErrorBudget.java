package dev.serin.engine.embed;

import dev.serin.engine.slo.BudgetState;
import dev.serin.engine.slo.Ring;
import java.time.Duration;
import java.time.Instant;

/// An error budget under its original name, over the last 30 days. For one thread.
///
/// One bad event in a thousand at a budget of 5 % leaves 98 %: the budget is the part of the events
/// that may be bad, never a number of events.
public final class ErrorBudget {

    private static final Duration WINDOW = Duration.ofDays(30);
    private static final int BUCKETS = 720;

    private final double total;
    private final Ring events = new Ring(WINDOW, BUCKETS);

    /// @param total the part of the events that may be bad, above 0 to 1
    public ErrorBudget(double total) {
        this.total = total;
        new dev.serin.engine.slo.ErrorBudget(total);
    }

    void record(Instant at, boolean good) {
        events.record(at, !good);
    }

    /// What is left, in percent; below 0 where more is gone than there was, 100 without events.
    public double remainingPercent(Instant now) {
        return 100 * state(now).remaining();
    }

    BudgetState state(Instant now) {
        return new dev.serin.engine.slo.ErrorBudget(total).after(events.until(now));
    }
}
