/// Carries calls of models: a client calls a route by name, and the answer of the arm's model comes
/// back as its provider sent it.
///
/// **Decision: the hot path reads no database.** Routes are known from memory, callers by proofs that
/// are remembered, and what was seen of a call goes into an outbox. While the database is away calls
/// go on; after the lease they go to the baseline.
///
/// **Decision: an answer is held back until it is whole, or 64 kB of it are there; a stream until its
/// first event.** Until then nothing has been sent, so a candidate that fails is asked for on the
/// baseline and the user sees no error. After that nothing is resumed: what breaks is cut short, and
/// no client takes it for whole.
///
/// **Decision: a body is changed in place.** Only the model's name, and the wish for usage, are put
/// into the bytes that the client sent; what Serin does not know goes through untouched. Only where a
/// provider speaks the other API than the client is a body written anew, and all of it or none.
///
/// **Given up:** an answer that the provider packs although it was asked not to is passed through
/// unread: its tokens are unknown.
@NullMarked
package dev.serin.server.gateway;

import org.jspecify.annotations.NullMarked;
