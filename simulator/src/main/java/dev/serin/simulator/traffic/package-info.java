/// Calls that begin, are split by key, and are seen when their latency has passed.
///
/// **Decision: a call belongs to the arm and step in force when it began, and is observed when it
/// ends.** Slow answers arrive last in life, and a simulation that hands them over at once would
/// find a slow candidate sooner than Serin ever can.
///
/// **Decision: where calls begin and what comes of them are arguments.** Profiles and recorded calls
/// go through the same traffic.
@NullMarked
package dev.serin.simulator.traffic;

import org.jspecify.annotations.NullMarked;
