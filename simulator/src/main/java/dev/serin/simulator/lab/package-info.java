/// What one plan would do, played many times in virtual time: how often it promotes a bad model,
/// rolls back a good one, or never decides, and what that costs.
///
/// **Decision: a run takes the engine's own decisions.** Between two looks that could decide
/// anything the lab only proves that they cannot, and skips them; where it cannot prove it, it asks
/// `Rollout.decide`. A second rule book, however alike, would answer for another program.
///
/// **Given up:** plans with relative conditions are played slowly, for nothing cheap bounds what
/// the next call does to them.
@NullMarked
package dev.serin.simulator.lab;

import org.jspecify.annotations.NullMarked;
