/// Recorded calls, played through the same engine in virtual time.
///
/// **Decision: a file is read as it is.** Benchmarks, gateways and log exports each have their own
/// names for the same things; they are mapped here, and what is not known stays unknown.
///
/// **Decision: nothing is dropped in silence.** A row that cannot be read is counted and named by its
/// line, and a condition about something that the files do not hold is named before the play.
///
/// **Given up:** more than [CallSample#MOST] calls of one file at once. A longer file is read to its
/// end, and an even sample of it is kept, so memory does not grow with the file.
///
/// **Dependency:** `commons-csv`, for quoted fields that hold commas and line breaks.
@NullMarked
package dev.serin.server.replay;

import org.jspecify.annotations.NullMarked;
