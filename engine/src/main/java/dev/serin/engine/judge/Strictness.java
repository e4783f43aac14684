package dev.serin.engine.judge;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How much evidence a finding needs.
///
/// @param alpha chance of a wrong breach that one condition may use in one step: the rollout's
///     alpha by conditions and steps (statistics.md 1.3)
/// @param beta chance of a wrong met
/// @param margin how far over an absolute limit `Met` may still be proven, as a part of the limit
/// @param minCalls calls below which nothing is met
/// @param labelsDue how long after its call a label is waited for, above 0; null if nobody waits and
///     a label counts as it comes
public record Strictness(
        double alpha, double beta, double margin, long minCalls, @Nullable Duration labelsDue) {

    /// Calls below which nothing is breached.
    public static final long LEAST_TO_BREACH = 5;

    /// Distinct candidate keys below which nothing is met, where keys are known.
    public static final long LEAST_KEYS = 30;

    public Strictness {
        if (!(alpha > 0 && alpha < 1)
                || !(beta > 0 && beta < 1)
                || !(margin >= 0)
                || minCalls < 1
                || (labelsDue != null && !labelsDue.isPositive())) {
            throw new IllegalArgumentException(
                    "alpha and beta lie between 0 and 1, margin and minCalls at 0 and 1 or above,"
                            + " and labels are due after more than 0: "
                            + "%s, %s, %s, %d, %s"
                                    .formatted(alpha, beta, margin, minCalls, labelsDue));
        }
    }

    /// Without waiting for labels.
    public Strictness(double alpha, double beta, double margin, long minCalls) {
        this(alpha, beta, margin, minCalls, null);
    }

    /// Evidence that breaks a condition, in nats.
    double toBreach() {
        return -Math.log(alpha);
    }

    /// Evidence that meets a condition, in nats.
    double toMeet() {
        return -Math.log(beta);
    }
}
