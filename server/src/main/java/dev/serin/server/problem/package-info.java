/// Turns what went wrong into `application/problem+json` (RFC 9457).
///
/// **Decision: one place knows what leaves the house.** `detail` says what to do; no stack trace,
/// SQL or class name is told to anybody but the log.
@NullMarked
package dev.serin.server.problem;

import org.jspecify.annotations.NullMarked;
