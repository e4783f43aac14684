/// Turns YAML or JSON into a [dev.serin.engine.plan.Plan], and back.
///
/// **Decision: one reader for both.** JSON is YAML 1.2, so a document is parsed once into a small
/// tree that knows where each value stands; an error can then name its line, the field and the mend.
///
/// **Decision: all that is wrong is told at once.** A reading method answers null when it has refused
/// something, and goes on with the next field.
///
/// **Decision: the parser's events are read, not its objects.** Depth, aliases and size are limited
/// while they are read, so no document can exhaust stack or memory.
///
/// **Given up:** binding to records by a library. It reports the first error only, without a line.
@NullMarked
package dev.serin.server.planfile;

import org.jspecify.annotations.NullMarked;
