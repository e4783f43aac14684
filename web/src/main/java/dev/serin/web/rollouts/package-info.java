/// The list of rollouts: what waits for a person, what moves, what has ended.
///
/// **Decision: what waits stands above the table.** People come here to decide; the table is for
/// the others.
@NullMarked
package dev.serin.web.rollouts;

import org.jspecify.annotations.NullMarked;
