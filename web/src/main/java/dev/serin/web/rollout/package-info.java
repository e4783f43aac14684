/// The page of one rollout: is it good, why is it not moving, what can I do.
///
/// **Decision: one view record, one template, one live fragment at the same address.** The stream
/// says only that something changed, so the page can never show a mixture of two states.
///
/// A decision is a form that posts to
/// `/rollouts/{id}/{approve|reject|pause|resume|promote|rollback}`: `version` always; `comment`,
/// `reason` (a ready one, beside or instead of the comment), `waive` (repeated), `evidence` (at the
/// gate) and `name` (where none is known) may be empty or missing. The answer is 303 to the page,
/// also when it was refused: the page then says so in its note. So a decision is the same with htmx
/// and without.
///
/// **Given up:** an answer without a second request.
@NullMarked
package dev.serin.web.rollout;

import org.jspecify.annotations.NullMarked;
