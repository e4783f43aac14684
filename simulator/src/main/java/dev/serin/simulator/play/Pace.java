package dev.serin.simulator.play;

import java.time.Duration;

/// How a play passes its time.
///
/// @param look virtual time between two looks at the evidence, above 0
/// @param limit virtual time after which an undecided play ends, above 0
public record Pace(Duration look, Duration limit) {

    /// As the server looks: every second.
    public static Pace everySecond(Duration limit) {
        return new Pace(Duration.ofSeconds(1), limit);
    }

    public Pace {
        if (!look.isPositive() || !limit.isPositive()) {
            throw new IllegalArgumentException(
                    "look and limit are above 0, got " + look + " and " + limit);
        }
    }
}
