/// Time that passes only when it is told to.
///
/// **Decision: the engine is handed the time, so a simulation hands it one of its own.** A rollout of
/// an hour plays in a second, and takes the same decisions.
@NullMarked
package dev.serin.simulator.time;

import org.jspecify.annotations.NullMarked;
