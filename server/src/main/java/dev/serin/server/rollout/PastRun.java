package dev.serin.server.rollout;

import dev.serin.engine.judge.Evidence;
import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Judgement;
import dev.serin.engine.rollout.Rollout;
import dev.serin.server.planfile.PlanFile;
import java.util.List;

/// A run that was played elsewhere, in virtual time.
///
/// @param source the plan's document
/// @param rollout where it stands at its end
/// @param entries its whole journal
/// @param judged what was found at the last look
/// @param origin where its calls come from
public record PastRun(
        PlanFile plan,
        String source,
        Start.Format format,
        Rollout rollout,
        List<Entry> entries,
        Evidence evidence,
        Judgement judged,
        Origin origin) {

    /// Where a past run's calls come from.
    public sealed interface Origin {

        /// They were made up. What was promoted serves its route.
        record Simulated() implements Origin {}

        /// They were recorded, and played under this plan to see what it would do. Whatever came of
        /// it, the route's model stays.
        ///
        /// @param of files, draws and arrivals, in words
        record Replayed(String of) implements Origin {}
    }

    public PastRun {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a run that was played has a journal");
        }
    }
}
