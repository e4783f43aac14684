/// Moves a rollout through its plan. One pure function decides; others read, write and tell the time.
///
/// **Decision: the share is derived from phase and step, never stored beside them.** Two columns that
/// must agree will disagree one night, and the traffic follows the wrong one.
///
/// **Decision: every pair of phase and signal has one visible answer.** A new signal does not compile
/// until each phase has answered it.
@NullMarked
package dev.serin.engine.rollout;

import org.jspecify.annotations.NullMarked;
