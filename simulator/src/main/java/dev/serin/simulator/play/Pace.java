package dev.serin.simulator.play;

import dev.serin.engine.judge.StepEvidence;
import java.time.Duration;

/// How a play passes its time.
///
/// A step that lasts is looked at ever more rarely: its evidence changes ever less.
///
/// @param look virtual time between two looks at the evidence of a young step, above 0
/// @param limit virtual time after which an undecided play ends, above 0
public record Pace(Duration look, Duration limit) {

    /// As the server looks: every second.
    public static Pace everySecond(Duration limit) {
        return new Pace(Duration.ofSeconds(1), limit);
    }

    private static final long LOOKS_BY_AGE = 300;

    /// Virtual time until the next look at a step of this age.
    Duration next(Duration age) {
        var rarely = age.dividedBy(LOOKS_BY_AGE);
        return rarely.compareTo(look) > 0 ? rarely : look;
    }

    /// Buckets of evidence that no look tells apart, rounded down to a power of 2.
    int grain() {
        return Integer.highestOneBit(Math.clamp(look.dividedBy(StepEvidence.WIDTH), 1, 1 << 16));
    }

    public Pace {
        if (!look.isPositive() || !limit.isPositive()) {
            throw new IllegalArgumentException(
                    "look and limit are above 0, got " + look + " and " + limit);
        }
    }
}
