package dev.serin.engine.slo;

import java.time.Duration;
import java.util.Optional;

/// What calls have left of an error budget.
///
/// @param budget the part of the calls that may be bad, above 0 to 1
/// @param calls 0 or more
/// @param bad 0 to `calls`
public record BudgetState(double budget, long calls, long bad) {

    /// Bad calls below which nothing is called exhausted: one failure in a quiet hour is no trend.
    public static final long LEAST_BAD = 5;

    private static final double WARNING_BELOW = 0.5;
    private static final double CRITICAL_BELOW = 0.2;

    /// How a budget stands.
    public enum Status {
        /// More than half is left.
        HEALTHY,
        /// Less than half is left.
        WARNING,
        /// Less than a fifth is left.
        CRITICAL,
        /// Nothing is left.
        EXHAUSTED,
        /// Too few calls to say; never good news.
        UNKNOWN
    }

    public BudgetState {
        if (!(budget > 0 && budget <= 1) || bad < 0 || bad > calls) {
            throw new IllegalArgumentException(
                    "a budget is above 0 to 1 and bad calls are 0 to all, got %s, %d of %d"
                            .formatted(budget, bad, calls));
        }
    }

    /// How fast the budget burns: 1 uses it up exactly at the window's end. 0 without calls.
    public double burn() {
        return calls == 0 ? 0 : bad / (double) calls / budget;
    }

    /// The part of the budget that is left; below 0 where more is gone than there was, 1 without
    /// calls.
    public double remaining() {
        return 1 - burn();
    }

    /// How the budget stands.
    public Status status() {
        if (bad < LEAST_BAD && calls * budget < LEAST_BAD) {
            return Status.UNKNOWN;
        }
        if (remaining() <= 0) {
            return Status.EXHAUSTED;
        }
        if (remaining() < CRITICAL_BELOW) {
            return Status.CRITICAL;
        }
        return remaining() < WARNING_BELOW ? Status.WARNING : Status.HEALTHY;
    }

    /// When nothing is left if calls go on to be bad at this pace; empty if the budget then lasts,
    /// because old bad calls leave the window as fast as new ones enter it.
    ///
    /// @param period the budget's window
    /// @param pace how fast it burns of late, as in [#burn()]
    public Optional<Duration> exhaustedIn(Duration period, double pace) {
        if (remaining() <= 0) {
            return Optional.of(Duration.ZERO);
        }
        return pace > 1
                ? Optional.of(Duration.ofMillis((long) (period.toMillis() * (remaining() / pace))))
                : Optional.empty();
    }

    /// Whether nothing is left, by enough bad calls to say so.
    public boolean isExhausted() {
        return status() == Status.EXHAUSTED;
    }
}
