package dev.serin.web.rollouts;

import dev.serin.web.chart.BurnStrip;
import dev.serin.web.words.Tone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The demo's faults, and what they do to users.
///
/// @param tone of the sentence
/// @param sentence what users have met so far: `0 of 2,312 calls failed for their callers.`
/// @param isLive whether it goes on, so that the page looks again every second
/// @param play what the button says, or null while it goes on
/// @param faults one for each
public record ChaosPanel(
        Tone tone, String sentence, boolean isLive, @Nullable String play, List<Fault> faults) {

    public ChaosPanel {
        faults = List.copyOf(faults);
    }

    /// A fault and its candidate.
    ///
    /// @param key in the page's ids
    /// @param title such as `Latency spike`
    /// @param does what it does: `70 % of the calls take five times as long`
    /// @param act whether it acts: `acts for 4 s`
    /// @param facts in the order in which they happen; empty before it was played
    /// @param burn null before it was played
    /// @param burns in words
    public record Fault(
            String key,
            String title,
            String does,
            Tone tone,
            String act,
            List<Fact> facts,
            @Nullable BurnStrip burn,
            String burns) {

        public Fault {
            facts = List.copyOf(facts);
        }
    }

    /// One of the things that there are to know.
    ///
    /// @param name such as `Breaker`
    /// @param tone null for none
    /// @param detail empty for none
    /// @param rollout id that it is about, or null
    public record Fact(
            String name,
            @Nullable Tone tone,
            String value,
            String detail,
            @Nullable String rollout) {}
}
