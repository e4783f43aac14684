/// Objectives, their error budgets, and how fast these burn.
///
/// **Decision: good and bad events are counted in rings of time buckets.** An event costs the same
/// and an indicator takes the same memory whatever the window; what is given up is precision of one
/// bucket at the window's far edge.
///
/// **Decision: an objective never rolls back by itself.** An exhausted budget stops a promotion; the
/// conditions roll back. So no page shows "budget exhausted" beside "promoted".
@NullMarked
package dev.serin.engine.slo;

import org.jspecify.annotations.NullMarked;
