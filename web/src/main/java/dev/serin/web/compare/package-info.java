/// Two to eight rollouts side by side.
///
/// **Decision: first the difference to the concurrent baseline, then the absolute number.** Weeks
/// differ; a candidate of March and one of May can only be compared through what ran beside them.
@NullMarked
package dev.serin.web.compare;

import org.jspecify.annotations.NullMarked;
