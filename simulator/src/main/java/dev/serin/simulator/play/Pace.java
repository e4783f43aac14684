package dev.serin.simulator.play;

import dev.serin.engine.judge.StepEvidence;
import java.time.Duration;

/// How a play passes its time.
///
/// @param look virtual time between two looks at the evidence of a young step, above 0
/// @param limit virtual time after which an undecided play ends, above 0
/// @param looksByAge a step that lasts is looked at ever more rarely, for its evidence changes ever
///     less: so many times while its age doubles, 1 or more
public record Pace(Duration look, Duration limit, long looksByAge) {

    private static final long LOOKS_BY_AGE = 300;

    /// Looks ever more rarely.
    public Pace(Duration look, Duration limit) {
        this(look, limit, LOOKS_BY_AGE);
    }

    /// As the server looks at first: every second. Ever more rarely in a step that lasts.
    public static Pace everySecond(Duration limit) {
        return new Pace(Duration.ofSeconds(1), limit);
    }

    /// As the server looks: every second, however long a step lasts.
    public static Pace tirelessly(Duration limit) {
        return new Pace(Duration.ofSeconds(1), limit, Long.MAX_VALUE);
    }

    /// Virtual time until the next look at a step of this age.
    Duration next(Duration age) {
        var rarely = age.dividedBy(looksByAge);
        return rarely.compareTo(look) > 0 ? rarely : look;
    }

    /// Buckets of evidence that no look tells apart, rounded down to a power of 2.
    int grain() {
        return Integer.highestOneBit(Math.clamp(look.dividedBy(StepEvidence.WIDTH), 1, 1 << 16));
    }

    public Pace {
        if (!look.isPositive() || !limit.isPositive() || looksByAge < 1) {
            throw new IllegalArgumentException(
                    "look, limit and looks by age are above 0, got %s, %s and %d"
                            .formatted(look, limit, looksByAge));
        }
    }
}
