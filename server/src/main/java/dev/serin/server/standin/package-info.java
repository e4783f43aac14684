/// A stand-in for a provider: what the simulator says, over real sockets.
///
/// **Decision: it is a server of its own, without Quarkus and without a database.** It starts in a
/// moment, beside a gateway that is being tried or measured, and shares nothing with it but the wire.
///
/// **Decision: whoever asks is answered.** Any key will do and none is needed, so it listens on the
/// loopback address only.
///
/// **Given up:** tools in the Responses API, more than one choice, pictures and sound.
///
/// **Dependency:** Vert.x, which comes with Quarkus, for sockets and timers.
@NullMarked
package dev.serin.server.standin;

import org.jspecify.annotations.NullMarked;
