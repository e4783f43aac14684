package dev.serin.server.evidence;

import dev.serin.engine.judge.Evidence;

/// The evidence of a rollout at one moment.
///
/// @param pulse how much had been stored when it was gathered; more may have come in meanwhile,
///     never less
public record Gathered(Evidence evidence, long pulse) {

    public static final Gathered NOTHING = new Gathered(Evidence.NONE, 0);
}
