/// Says of each condition whether the evidence keeps it, breaks it, or cannot tell.
///
/// **Decision: a finding has three answers, not two.** With a boolean, a metric that nobody reported
/// reads as "not breached" and promotes the candidate.
///
/// **Decision: evidence is sums.** Every number here comes from tallies that merge by addition, over
/// buckets of time and over replicas, so any replica reaches the same finding at any time.
///
/// **Given up:** callers write one more branch, and a quiet route waits until a person looks.
@NullMarked
package dev.serin.engine.judge;

import org.jspecify.annotations.NullMarked;
