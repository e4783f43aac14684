/// The page of one rollout: is it good, why is it not moving, what can I do.
///
/// **Decision: one view record, one template, one live fragment at the same address.** The stream
/// says only that something changed, so the page can never show a mixture of two states.
@NullMarked
package dev.serin.web.rollout;

import org.jspecify.annotations.NullMarked;
