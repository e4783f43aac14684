package dev.serin.simulator.backtest;

import dev.serin.engine.judge.Finding;
import dev.serin.engine.plan.Share;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the other plan would have done.
///
/// @param verdict how it would have ended, as far as the run can tell
/// @param reason a sentence with the numbers that decided, or what the run cannot say
/// @param after from its start to that; gates are taken as approved when they open
/// @param exposed the candidate's calls until then
/// @param recorded all of the candidate's calls in the run
/// @param steps that it would have entered, in order
/// @param unknown what the run cannot answer, in sentences
public record BacktestReport(
        Verdict verdict,
        String reason,
        Duration after,
        Exposure exposed,
        Exposure recorded,
        List<Step> steps,
        List<String> unknown) {

    /// How a backtest ends.
    public enum Verdict {
        PROMOTED,
        ROLLED_BACK,
        /// It would have paused and asked a person; what they say is not known.
        ASKS,
        /// The run does not hold the calls that it would take.
        UNKNOWN
    }

    /// What the candidate got to do.
    ///
    /// @param keys callers of the step that reached most, since a later step keeps who was in an
    ///     earlier one; null where there were calls and none told its key
    /// @param badCalls calls of which anything is bad
    /// @param usd spent on those whose cost is known; null where there were calls and none told it
    public record Exposure(long calls, @Nullable Long keys, long badCalls, @Nullable Double usd) {

        /// How much more this is than `some`; null stays null, whichever side does not know.
        public Exposure minus(Exposure some) {
            return new Exposure(
                    calls - some.calls,
                    keys == null || some.keys == null ? null : keys - some.keys,
                    badCalls - some.badCalls,
                    usd == null || some.usd == null ? null : usd - some.usd);
        }
    }

    /// A step of the other plan.
    ///
    /// @param matched the run's step with the same share, of calls or of copies; null where there was
    ///     none
    /// @param lasted how long the other plan would have stayed in it
    /// @param calls the candidate's, that were looked at
    /// @param findings at its end
    public record Step(
            String name,
            Share share,
            @Nullable String matched,
            Duration lasted,
            long calls,
            List<Finding> findings) {

        public Step {
            findings = List.copyOf(findings);
        }
    }

    public BacktestReport {
        steps = List.copyOf(steps);
        unknown = List.copyOf(unknown);
    }
}
