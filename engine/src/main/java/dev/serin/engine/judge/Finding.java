package dev.serin.engine.judge;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the evidence says of one condition.
///
/// An estimate is in the metric's unit for an absolute condition; for a relative one it is the
/// ratio to the baseline (`3 * baseline`) or else the difference to it (`baseline + 0.02`).
public sealed interface Finding {

    Condition condition();

    /// The candidate as the condition looks at it.
    Estimate estimate();

    /// The candidate's and the concurrent baseline's own values, in the metric's unit.
    Arms arms();

    /// One sentence for a person, with every number that matters.
    default String sentence() {
        return Sentences.of(this);
    }

    /// The condition is kept: its whole interval lies on the good side of the limit.
    record Met(Condition condition, Estimate estimate, Arms arms) implements Finding {}

    /// The condition is broken: the whole interval lies at or past the limit.
    ///
    /// @param since when the calls of `estimate` began, if it was not the step's beginning that
    ///     broke it
    record Breached(Condition condition, Estimate estimate, Arms arms, @Nullable Instant since)
            implements Finding {}

    /// Nobody can say yet. Never good news.
    ///
    /// @param why in words, without a full stop
    /// @param need how much more it takes; null if nobody can say
    record Unsure(
            Condition condition, Estimate estimate, Arms arms, String why, @Nullable Need need)
            implements Finding {}

    /// The condition is not judged here: neither met nor unsure.
    record Resting(Condition condition, Estimate estimate, Arms arms, String why)
            implements Finding {}

    /// Both arms' own values.
    ///
    /// @param candidateLabels how many labels of the candidate's chosen calls came back; null where
    ///     nobody waits for any
    /// @param baselineLabels the same of the baseline
    record Arms(
            @Nullable Estimate candidate,
            @Nullable Estimate baseline,
            @Nullable Coverage candidateLabels,
            @Nullable Coverage baselineLabels) {

        /// Nothing is told of either.
        public static final Arms NONE = new Arms(null, null);

        public Arms(@Nullable Estimate candidate, @Nullable Estimate baseline) {
            this(candidate, baseline, null, null);
        }
    }

    /// Calls that are still needed, and how long they take at the traffic seen.
    ///
    /// @param time null if no traffic was seen
    record Need(long calls, @Nullable Duration time) {}
}
