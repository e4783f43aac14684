/// How models behave in simulated traffic: how fast, how dear, how often wrong.
///
/// **Decision: a profile is the original's four numbers and one formula.** What a rollout does with
/// them can then be checked by hand. Realistic tails and answer lengths are left to recorded calls.
///
/// **Decision: randomness comes in as an argument.** A seed gives its run again, call by call.
@NullMarked
package dev.serin.simulator.profile;

import org.jspecify.annotations.NullMarked;
