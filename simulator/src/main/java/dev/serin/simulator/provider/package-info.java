/// What a stand-in for a provider says: answers, streams and errors as OpenAI's API writes them, out of
/// models' profiles.
///
/// **Decision: texts and times, no sockets.** Everything a stand-in sends is a pure function of
/// profile, seed, the number of the call and its time, so what it says can be checked without a
/// network. Who listens is told by the server.
///
/// **Decision: a fault is laid over a profile.** The call is drawn first, as if nothing had happened,
/// and then befallen, so that with and without the fault every other number is the same.
///
/// **Decision: a made-up answer can be told by its text.** Verdicts on real answers come from who reads
/// them; a reader of simulated ones has something to find, whatever they went through.
///
/// **Given up:** answers that have to do with their prompt.
@NullMarked
package dev.serin.simulator.provider;

import org.jspecify.annotations.NullMarked;
