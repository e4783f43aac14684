package dev.serin.server.evidence;

import dev.serin.engine.traffic.Arm;
import java.util.Comparator;
import java.util.UUID;

/// Where the calls of one arm, step and stretch of time are summed up.
record Place(UUID rollout, int step, Arm arm, int bucket) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::rollout)
                    .thenComparingInt(Place::step)
                    .thenComparing(Place::arm)
                    .thenComparingInt(Place::bucket);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    Stream stream() {
        return new Stream(rollout, step, arm);
    }

    /// All stretches of one arm and step.
    record Stream(UUID rollout, int step, Arm arm) {}
}
