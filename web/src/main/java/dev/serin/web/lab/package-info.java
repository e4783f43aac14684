/// The page on which a plan is tried on simulated candidates.
///
/// **Decision: a run of the lab has an address of its own.** It can be sent, read again and stopped,
/// with and without JavaScript.
///
/// **Given up:** reports live in the server's memory; after a restart the same seed makes the same one
/// again.
@NullMarked
package dev.serin.web.lab;

import org.jspecify.annotations.NullMarked;
