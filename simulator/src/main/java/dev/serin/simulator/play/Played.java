package dev.serin.simulator.play;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Judgement;
import dev.serin.engine.rollout.Rollout;
import java.time.Instant;
import java.util.List;

/// A rollout as it was played.
///
/// @param rollout where it stands at the end of the play; active if nothing was decided
/// @param entries its whole journal, in order
/// @param evidence of all steps, with the calls that ended after the decision
/// @param judged what was found at the last look: what ended it, or where it stands
/// @param steps those that were entered, in order
/// @param end virtual time at the end
/// @param waitsFor what it last waited for, in words; empty where it ended
public record Played(
        Rollout rollout,
        List<Entry> entries,
        Evidence evidence,
        Judgement judged,
        List<PlayedStep> steps,
        Instant end,
        String waitsFor) {

    public Played {
        entries = List.copyOf(entries);
        steps = List.copyOf(steps);
    }
}
