/// Models' profiles as files: read, fitted to recorded calls, and a first plan made of them.
///
/// **Decision: a profile is a file that anyone can write.** What a simulation takes for granted about a
/// model can be read, doubted and changed without a compiler, and says where its numbers come from.
///
/// **Decision: a distribution is spelled out.** No name stands for numbers that are in the code, except
/// the day of a chat service.
///
/// **Given up:** dependence between quantities other than that of an answer's length on its prompt's.
@NullMarked
package dev.serin.server.profile;

import org.jspecify.annotations.NullMarked;
