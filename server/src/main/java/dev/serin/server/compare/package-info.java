/// Runs side by side, as a page and for programs.
///
/// **Decision: a candidate is first held against the baseline that ran beside it**, and only then
/// against other runs. Weeks differ in traffic and in their providers' moods; both arms of one step
/// do not.
///
/// **Given up:** one number that says which run was better.
@NullMarked
package dev.serin.server.compare;

import org.jspecify.annotations.NullMarked;
