/// Whole rollouts in virtual time.
///
/// **Decision: a play calls the same engine as the server does.** It starts a rollout, hands it
/// evidence and time, and takes what it decides; there is no second idea of what a rollout is.
///
/// **Given up:** the server's concurrency. What happens between two replicas is tested there.
@NullMarked
package dev.serin.simulator.play;

import org.jspecify.annotations.NullMarked;
