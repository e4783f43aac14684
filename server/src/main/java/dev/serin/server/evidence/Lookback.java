package dev.serin.server.evidence;

import dev.serin.engine.judge.Evidence;
import java.time.Duration;

/// The evidence of a rollout, for somebody who goes through it again from its beginning.
///
/// @param stretch of the clock, into which its calls were drawn together since it ended: when within
///     one they came is not known; a bucket's length where they were not
public record Lookback(Evidence evidence, Duration stretch) {}
