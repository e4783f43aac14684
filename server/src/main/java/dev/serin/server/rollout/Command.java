package dev.serin.server.rollout;

import dev.serin.engine.rollout.Signal;
import java.util.OptionalLong;
import java.util.UUID;

/// A signal for a rollout.
///
/// @param seen the version that the sender looked at; empty for the scheduler, which looks under
///     the lock, and for a kill switch, which does not ask what there is to stop
public record Command(UUID rollout, OptionalLong seen, Signal signal) {

    /// A person's signal, meant for the version that the person saw.
    public static Command of(UUID rollout, long seen, Signal signal) {
        return new Command(rollout, OptionalLong.of(seen), signal);
    }

    public static Command tick(UUID rollout) {
        return new Command(rollout, OptionalLong.empty(), new Signal.Tick());
    }

    boolean isOutdated(long current) {
        return seen.isPresent() && seen.getAsLong() != current;
    }
}
