package dev.serin.server.evidence;

import dev.serin.server.problem.ProblemException;

/// What a batch's caller is told once all is committed.
sealed interface Told {

    record Stored(Answer answer) implements Told {}

    record Failed(ProblemException why) implements Told {}
}
