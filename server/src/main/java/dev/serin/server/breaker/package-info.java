/// Lets a provider rest that fails too often, where there is somebody else to ask.
///
/// **Decision: no call is refused that has nowhere else to go.** A breaker that refused the baseline's
/// calls would turn a provider that fails half of the time into one that fails always. It sends the
/// candidate's calls to the baseline, and nothing more.
///
/// **Decision: a call that was not made because the provider rested is the candidate's failure.** It
/// was the candidate's to answer, and the candidate could not; leaving it out would leave only the
/// calls that went well.
///
/// **Given up:** each server has breakers of its own, by what it saw itself.
@NullMarked
package dev.serin.server.breaker;

import org.jspecify.annotations.NullMarked;
