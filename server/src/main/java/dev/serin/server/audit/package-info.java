/// Who did what, when, from where, and what it was before and after.
///
/// **Decision: written in the transaction of the deed.** What could not be written down did not happen,
/// and what did not happen is not written down. A refused deed is written with the reason.
///
/// **Decision: before and after are sentences,** not copies of rows: they are read years later, by people,
/// beside deeds of every other kind. The journal of a rollout has its numbers.
///
/// **Given up:** nothing is ever deleted, so the table grows by a row for each deed of a person.
@NullMarked
package dev.serin.server.audit;

import org.jspecify.annotations.NullMarked;
