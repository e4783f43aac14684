/// Measures how late the judging of many rollouts on one server is.
///
/// **Decision: all of them get calls.** A rollout in which nothing happens is hardly looked at, so that a
/// thousand quiet ones would prove nothing.
///
/// **Given up:** plans of many conditions; each has the four of the first example.
@NullMarked
package dev.serin.bench.ticks;

import org.jspecify.annotations.NullMarked;
