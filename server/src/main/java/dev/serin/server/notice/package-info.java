/// Tells others what happened to a rollout: an outbox, and who empties it.
///
/// **Decision: what is to be told is written in the transaction of the decision**, and sent after it. A
/// decision that was taken back tells nothing, one that stands is told although the process dies. Each
/// receiver has a state of its own, so one that is away keeps nobody else waiting.
///
/// **Given up:** if a process dies between a receiver's 2xx and the note of it, the message is sent again,
/// under the same `webhook-id`; only the receiver can know better.
///
/// E-mail needs `quarkus-mailer` for the one client of its mail server, with its settings, its TLS and its
/// place in the native program.
@NullMarked
package dev.serin.server.notice;

import org.jspecify.annotations.NullMarked;
