package dev.serin.engine.judge;

/// How much evidence a finding needs.
///
/// @param alpha chance of a wrong breach that one condition may use in one step: the rollout's
///     alpha by conditions and steps (statistics.md 1.3)
/// @param beta chance of a wrong met
/// @param margin how far over an absolute limit `Met` may still be proven, as a part of the limit
/// @param minCalls calls below which nothing is met
public record Strictness(double alpha, double beta, double margin, long minCalls) {

    /// Calls below which nothing is breached.
    public static final long LEAST_TO_BREACH = 5;

    /// Distinct candidate keys below which nothing is met, where keys are known.
    public static final long LEAST_KEYS = 30;

    public Strictness {
        if (!(alpha > 0 && alpha < 1)
                || !(beta > 0 && beta < 1)
                || !(margin >= 0)
                || minCalls < 1) {
            throw new IllegalArgumentException(
                    "alpha and beta lie between 0 and 1, margin and minCalls at 0 and 1 or above: "
                            + "%s, %s, %s, %d".formatted(alpha, beta, margin, minCalls));
        }
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
