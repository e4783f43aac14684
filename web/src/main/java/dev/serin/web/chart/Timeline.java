package dev.serin.web.chart;

import dev.serin.web.words.Tone;
import io.quarkus.qute.RawString;
import java.time.Instant;
import java.util.List;

/// The rollouts of a route in time: each a stair on a line of its own, the newest on top.
///
/// @param words what the picture shows, in a sentence
/// @param from left end of the time axis
/// @param to right end of the time axis, not before `from`
/// @param lanes the newest first
public record Timeline(String words, Instant from, Instant to, List<Lane> lanes) {

    public Timeline {
        lanes = List.copyOf(lanes);
        if (to.isBefore(from)) {
            throw new IllegalArgumentException(
                    "a timeline ends after its beginning, got %s to %s".formatted(from, to));
        }
    }

    /// One rollout.
    ///
    /// @param models `gpt-3.5-turbo → gpt-4`
    /// @param outcome `promoted`, `rolled back`, `gate open`
    /// @param treads the steps that were entered, in order
    public record Lane(String models, Tone tone, String outcome, List<Tread> treads) {

        public Lane {
            treads = List.copyOf(treads);
            if (treads.isEmpty()) {
                throw new IllegalArgumentException("a lane needs a tread: " + models);
            }
        }
    }

    /// A step, for as long as it was in force.
    ///
    /// @param share 0 to 1
    public record Tread(Instant from, Instant to, double share) {}

    /// The picture at the width that it is given.
    public RawString svg() {
        return TimelineDrawing.of(this);
    }
}
