/// Asks a model how good answers are, where a plan says so, and labels their calls with what it says.
///
/// **Decision: the judge is told the conversation and the answer, and nothing else.** Which arm
/// answered, which model, which route: whoever reads it could like one of them better.
///
/// **Decision: only what is exactly a verdict counts.** A judge that rambles, fails or is too slow
/// has said nothing, which is counted and shown, and is never taken for good or bad.
///
/// **Decision: nobody waits for a judge.** Answers wait in memory, so many at most; what finds no room
/// is left out and counted, of both arms alike. Questions and answers are never stored or logged.
///
/// **Given up:** an answer that waited when its server ended gets no verdict.
@NullMarked
package dev.serin.server.judging;

import org.jspecify.annotations.NullMarked;
