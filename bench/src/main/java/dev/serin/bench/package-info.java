/// Measures what is on the hot path, as ratios within one run.
///
/// **Decision: ratios, not nanoseconds.** A machine that is busy or slow changes every number of a
/// run alike; each benchmark stands beside one whose cost is known.
@NullMarked
package dev.serin.bench;

import org.jspecify.annotations.NullMarked;
