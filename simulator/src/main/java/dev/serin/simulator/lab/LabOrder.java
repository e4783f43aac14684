package dev.serin.simulator.lab;

import dev.serin.engine.plan.Plan;
import dev.serin.simulator.profile.ModelProfile;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/// What to play.
///
/// @param baseline the route's model
/// @param candidates the models that may replace it, the harmless one first: the curves are drawn of
///     models that are otherwise like it. 1 to 50, of different names
/// @param runs rollouts of each candidate, 1 to 1,000,000
/// @param seed gives the same report again
/// @param callsPerSecond of the route, both arms together; above 0, at most 1,000,000
/// @param approval how long after a gate opens a person approves it, 0 or more
/// @param limit virtual time after which a run counts as stuck, above 0
public record LabOrder(
        Plan plan,
        ModelProfile baseline,
        List<ModelProfile> candidates,
        int runs,
        long seed,
        double callsPerSecond,
        Duration approval,
        Duration limit) {

    /// More rollouts of one candidate tell nothing new.
    public static final int MOST_RUNS = 1_000_000;

    private static final int MOST_CANDIDATES = 50;
    private static final double MOST_CALLS_PER_SECOND = 1_000_000;

    public LabOrder {
        candidates = List.copyOf(candidates);
        if (candidates.isEmpty() || candidates.size() > MOST_CANDIDATES) {
            throw new IllegalArgumentException(
                    "a lab has 1 to %d candidates, got %d"
                            .formatted(MOST_CANDIDATES, candidates.size()));
        }
        var names = new HashSet<String>();
        for (var candidate : candidates) {
            if (!names.add(candidate.name())) {
                throw new IllegalArgumentException(
                        "the candidate " + candidate.name() + " stands there twice");
            }
        }
        if (runs < 1 || runs > MOST_RUNS) {
            throw new IllegalArgumentException(
                    "runs are 1 to %,d, got %,d".formatted(MOST_RUNS, runs));
        }
        if (!(callsPerSecond > 0 && callsPerSecond <= MOST_CALLS_PER_SECOND)) {
            throw new IllegalArgumentException(
                    "callsPerSecond is above 0, at most 1000000, got " + callsPerSecond);
        }
        if (approval.isNegative()) {
            throw new IllegalArgumentException("approval is 0 or more, got " + approval);
        }
        if (!limit.isPositive() || limit.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException("limit is above 0, at most 365 days, got " + limit);
        }
    }
}
